import { t } from '@lingui/core/macro';
import { ApiProblem } from '../../api/call';
import { problemText } from '../../api/problem-text';

/** The refusals of signing in, in the reader's language; all others as everywhere. */
export function signInProblemText(error: unknown): string {
  return (error instanceof ApiProblem && sentence(error.code)) || problemText(error);
}

function sentence(code: string): string | undefined {
  switch (code) {
    case 'session.refused':
      return t`The address or the password is wrong, or the address is not confirmed yet.`;
    case 'session.code_refused':
    case 'authenticator.code_refused':
      return t`That code is not the one. Type the code that the app shows now; each counts once.`;
    case 'session.proof_refused':
      return t`That did not prove it. Try once more.`;
    case 'identity_provider.unknown':
      return t`No institution signs in here with addresses of that domain.`;
    case 'identity_provider.unreachable':
      return t`Your institution does not answer. Try again in a moment.`;
    case 'identity_provider.refused':
      return t`The sign-in at your institution did not work. Begin once more here.`;
    case 'identity_provider.not_vouched':
      return t`Your institution has not confirmed an address of its own for you. Ask whoever runs its accounts.`;
    case 'impersonation.refused':
      return t`Look at somebody who is neither you, nor an operator, nor switched off.`;
    case 'passkey.refused':
      return t`The passkey was refused. Try once more.`;
    default:
      return undefined;
  }
}
