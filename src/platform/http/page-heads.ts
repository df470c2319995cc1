import { Injectable } from '@nestjs/common';

/** What a page says of itself to those who run no script: search engines, and whoever previews a link. */
export type PageHead = {
  readonly title: string;
  readonly description: string;
  /** schema.org data. */
  readonly data?: Readonly<Record<string, unknown>>;
};

type Find = (match: RegExpExecArray, origin: string) => Promise<PageHead | null>;

/** Each module says it for its own public pages. */
@Injectable()
export class PageHeads {
  private readonly pages: { readonly path: RegExp; readonly find: Find }[] = [];

  /** Call in onModuleInit. */
  add(path: RegExp, find: Find): void {
    this.pages.push({ path, find });
  }

  async of(pathname: string, origin: string): Promise<PageHead | null> {
    for (const { path, find } of this.pages) {
      const match = path.exec(pathname);
      if (match) return find(match, origin);
    }
    return null;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/** The shell with the head of one page: title, description, Open Graph, data, and a summary without script. */
export function withHead(html: string, address: string, { title, description, data }: PageHead): string {
  const { origin } = new URL(address);
  const name = `${escaped(title)} · Escale`;
  const about = escaped(description);
  const tags = [
    `<title>${name}</title>`,
    `<link rel="canonical" href="${escaped(address)}" />`,
    `<meta property="og:site_name" content="Escale" />`,
    `<meta property="og:type" content="website" />`,
    `<meta property="og:title" content="${name}" />`,
    `<meta property="og:description" content="${about}" />`,
    `<meta property="og:url" content="${escaped(address)}" />`,
    `<meta property="og:image" content="${escaped(origin)}/icon-512.png" />`,
    // The text cannot end the block early, and no browser runs it: the policy has nothing to say.
    ...(data
      ? [`<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`]
      : []),
  ];
  return html
    .replace(/<title>.*?<\/title>/, () => tags.join('\n    '))
    .replace(/(<meta\s+name="description"\s+content=")[^"]*/, (_all, start: string) => `${start}${about}`)
    .replace(/<noscript\s*>/, (start) => `${start}<h1>${escaped(title)}</h1><p>${about}</p>`);
}
