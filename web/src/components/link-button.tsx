import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Props = ButtonProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps>;

function ButtonAnchor({ ref, ...props }: Props & { ref?: Ref<HTMLAnchorElement> }) {
  return <Button component="a" {...props} {...(ref ? { ref } : {})} />;
}

/** Looks like a button, is a link to a page of ours. */
export const LinkButton = createLink(ButtonAnchor);
