import { z } from 'zod';

/** What the directory is narrowed to, in the address: a saved view is a named address. */
export const findSearch = z.object({
  q: z.string().max(80).optional().catch(undefined),
  country: z.string().length(2).optional().catch(undefined),
});
export type FindSearch = z.infer<typeof findSearch>;

type Findable = { readonly name: string; readonly city: string; readonly country: string };

/** Words in any order, accents aside: "mora" finds Móra d'Ebre. */
export function isFound({ q, country }: FindSearch, space: Findable): boolean {
  if (country && space.country !== country) return false;
  const text = plain(`${space.name} ${space.city}`);
  return plain(q ?? '')
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase('en');
}
