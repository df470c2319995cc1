import type { MouseEvent } from 'react';
import { askForProof } from '../../../api/proof';

/** A file that asks for a proof of identity: the dialog comes first, instead of its refusal as a page. */
export function downloadProven(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault();
  void fetchProven(event.currentTarget.href);
}

async function fetchProven(address: string): Promise<void> {
  const answer = await fetch(address, { headers: { accept: 'application/problem+json, */*' } });
  if (answer.status === 403) {
    const { code } = (await answer.json()) as { code?: string };
    if (code === 'access.step_up_required' && !(await askForProof())) return;
  }
  void answer.body?.cancel();
  location.assign(address); // an attachment: the page stays
}
