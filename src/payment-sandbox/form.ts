/** Stripe's form bodies: `items[0][price]=x&metadata[a]=b` are nested. Everything in them is text. */
export type Form = { readonly [key: string]: Form | string | undefined };

export function parseForm(text: string): Form {
  const form: Nested = {};
  for (const [name, value] of new URLSearchParams(text)) place(form, pathOf(name), value);
  return form;
}

type Nested = { [key: string]: Nested | string };

function pathOf(name: string): string[] {
  return name.split('[').map((part, index) => (index === 0 ? part : part.replace(/\]$/, '')));
}

function place(into: Nested, [key = '', ...rest]: string[], value: string): void {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') return;
  const slot = key === '' ? String(Object.keys(into).length) : key;
  if (rest.length === 0) {
    into[slot] = value;
    return;
  }
  const known = into[slot];
  const nested = typeof known === 'object' ? known : {};
  into[slot] = nested;
  place(nested, rest, value);
}

export function textAt(form: Form, ...path: string[]): string | null {
  const found = at(form, path);
  return typeof found === 'string' && found !== '' ? found : null;
}

export function formAt(form: Form, ...path: string[]): Form {
  const found = at(form, path);
  return typeof found === 'object' ? found : {};
}

/** A list, which arrives as a form of numbered keys. */
export function listAt(form: Form, ...path: string[]): Form[] {
  return Object.values(formAt(form, ...path)).filter((item): item is Form => typeof item === 'object');
}

export function textsAt(form: Form, ...path: string[]): string[] {
  return Object.values(formAt(form, ...path)).filter((item): item is string => typeof item === 'string');
}

export function flagAt(form: Form, ...path: string[]): boolean {
  return textAt(form, ...path) === 'true';
}

/** Only text: metadata holds nothing else. */
export function metadataAt(form: Form, ...path: string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(formAt(form, ...path)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function at(form: Form, path: readonly string[]): Form | string | undefined {
  let found: Form | string | undefined = form;
  for (const key of path) found = typeof found === 'object' ? found[key] : undefined;
  return found;
}
