import { t } from '@lingui/core/macro';
import { ApiProblem, isUnanswered } from './call';

/** Our own sentence for a refusal, by its code; the server's where we have none. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiProblem)) {
    if (isUnanswered(error)) return t`The server could not be reached. Check the network and try again.`;
    return t`Something went wrong in this page. Reload it; nothing you saved is lost.`;
  }
  return sentence(error.code) ?? error.detail;
}

function sentence(code: string): string | undefined {
  switch (code) {
    case 'access.unauthenticated':
      return t`You are not signed in. Sign in and come back here.`;
    case 'access.denied':
      return t`Your role does not allow this. Ask somebody who manages the space or the network.`;
    case 'http.too_many_requests':
      return t`Too many tries in a short time. Wait a minute and try again.`;
    case 'http.unavailable':
    case 'internal.error':
      return t`The server had a problem. What you saved before is kept; try again in a moment.`;
    case 'request.invalid':
      return t`Something in the form is not right. Look at the marked fields.`;
    default:
      return undefined;
  }
}
