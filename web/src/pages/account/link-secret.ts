import { useState } from 'react';

export type LinkSecret = { readonly id: string; readonly token: string };

/**
 * What a mail's link carries behind the #, where no server's log sees it. It is taken out of the address at once, so
 * that neither a bookmark nor a glance at the screen keeps it. With `keptAs` this tab remembers it over a sign-in.
 */
export function useLinkSecret(keptAs?: string): LinkSecret | null {
  const [secret] = useState(() => {
    const found = readSecret(location.hash.slice(1));
    if (!keptAs) return found;
    if (found) sessionStorage.setItem(keptAs, new URLSearchParams(found).toString());
    return found ?? readSecret(sessionStorage.getItem(keptAs) ?? '');
  });
  return secret;
}

function readSecret(text: string): LinkSecret | null {
  const values = new URLSearchParams(text);
  const [id, token] = [values.get('id'), values.get('token')];
  if (!id || !token) return null;
  if (location.hash) history.replaceState(history.state, '', location.pathname + location.search);
  return { id, token };
}
