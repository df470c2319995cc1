/**
 * The four bytes that bind a shown code to one door.
 * Promise: the same space id gives the same bytes on server, door and phone.
 */
const TAG_BYTES = 4;

/** The start of SHA-256 over the id as text, in lower case. */
export async function spaceTag(spaceId: string): Promise<Uint8Array> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(spaceId.toLowerCase()));
  return new Uint8Array(hash.slice(0, TAG_BYTES));
}
