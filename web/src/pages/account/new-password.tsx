import { useLingui } from '@lingui/react/macro';
import { PasswordInput, type PasswordInputProps } from '@mantine/core';

export const PASSWORD_LENGTH_MIN = 12;

/** Length is what makes a password strong; nothing else is asked of it. */
export function NewPassword(props: PasswordInputProps) {
  const { t } = useLingui();
  return (
    <PasswordInput
      label={t`New password`}
      description={t`Twelve characters or more. A sentence is easy to remember.`}
      autoComplete="new-password"
      required
      withAsterisk={false}
      minLength={PASSWORD_LENGTH_MIN}
      visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }}
      {...props}
    />
  );
}
