import { useLingui } from '@lingui/react/macro';

export function useActText(): (kind: string) => string {
  const { t } = useLingui();
  const texts: Readonly<Record<string, string>> = {
    PASSKEY_ADDED: t`A passkey was added`,
    PASSKEY_REMOVED: t`A passkey was removed`,
    AUTHENTICATOR_ADDED: t`An authenticator app was added`,
    AUTHENTICATOR_REMOVED: t`The authenticator app was removed`,
    RECOVERY_CODES_MADE: t`New recovery codes were made`,
    RECOVERY_CODE_USED: t`A recovery code was used`,
    PASSWORD_CHANGED: t`The password was changed`,
    SESSION_ENDED: t`A session was ended from elsewhere`,
    ALL_SESSIONS_ENDED: t`All sessions were ended`,
    LOOKED_AT: t`The platform’s operator looked at your account, without changing anything`,
  };
  return (kind) => texts[kind] ?? kind;
}
