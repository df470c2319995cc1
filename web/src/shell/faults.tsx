import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isUnanswered } from '../api/call';
import { problemText } from '../api/problem-text';
import { Tile } from '../brand/tile';
import { useTitle } from './title';
import { LinkButton } from '../components/link-button';

/** One calm page for everything that is not there: a tile, a sentence, a way on. */
export function QuietPage({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className="quiet-page">
      <Tile id="escale" cells={2} className="quiet-tile" />
      <h1>{title}</h1>
      {children}
    </section>
  );
}

export function NotFound() {
  useTitle('404');
  return (
    <QuietPage title={<Trans>Nothing at this address</Trans>}>
      <p>
        <Trans>The page may have moved, or the address was typed wrong. Nothing of yours is lost.</Trans>
      </p>
      <LinkButton to="/spaces" color="tomette">
        <Trans>See all spaces</Trans>
      </LinkButton>
    </QuietPage>
  );
}

/** The error boundary of a route: cause, effect on your data, next step. */
export function Failed({ error, reset }: Pick<ErrorComponentProps, 'error' | 'reset'>) {
  return (
    <QuietPage title={<Trans>This page could not be shown</Trans>}>
      <p>{problemText(error)}</p>
      {isUnanswered(error) && (
        <p>
          <Trans>What you saved before is kept.</Trans>
        </p>
      )}
      <Button color="tomette" onClick={reset}>
        <Trans>Try again</Trans>
      </Button>
    </QuietPage>
  );
}
