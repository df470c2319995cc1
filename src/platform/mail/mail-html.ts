import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Text,
} from '@react-email/components';
import { render } from '@react-email/render';
import { createElement as h, type ReactNode } from 'react';
import type { Language } from '../../kernel/wire.js';

type Words = { readonly language: Language; readonly subject: string; readonly text: string };

const OPEN: Readonly<Record<Language, string>> = {
  en: 'Open in Escale',
  fr: 'Ouvrir dans Escale',
  es: 'Abrir en Escale',
  it: 'Apri in Escale',
  ar: 'افتح في Escale',
};
const LINK = /^https?:\/\/\S+$/;
const FACT = /^– ([^:]+): (.+)$/;

/**
 * The same words as the plain text, dressed: a blank line parts paragraphs, a link alone on its line is a button,
 * and `– label: value` is a row. So a mail is written once, as text. React escapes whatever a name brings along.
 */
export function mailHtml({ language, subject, text }: Words): Promise<string> {
  const dir = language === 'ar' ? 'rtl' : 'ltr';
  const paragraphs = text.trim().split(/\n{2,}/);
  return render(
    h(
      Html,
      { lang: language, dir },
      h(Head, null, h('meta', { name: 'color-scheme', content: 'light dark' }), h('title', null, subject)),
      h(Preview, null, paragraphs[1] ?? subject),
      h(
        Body,
        { style: STYLES.body },
        h(
          Container,
          { dir, style: STYLES.card },
          h(Text, { style: STYLES.brand }, 'Escale'),
          h(Heading, { as: 'h1', style: STYLES.heading }, subject),
          ...paragraphs.map((paragraph, place) => h('div', { key: place }, ...pieces(paragraph, language))),
          h(Hr, { style: STYLES.rule }),
          h(Text, { style: STYLES.foot }, 'Escale · Euro-Mediterranean coworking'),
        ),
      ),
    ),
  );
}

function pieces(paragraph: string, language: Language): ReactNode[] {
  const nodes: ReactNode[] = [];
  for (const [place, line] of paragraph.split('\n').entries()) {
    const key = `${place}`;
    const fact = FACT.exec(line);
    if (LINK.test(line)) nodes.push(...button(line, key, language));
    else if (fact) nodes.push(row(fact[1]!, fact[2]!, key));
    else nodes.push(h(Text, { key, style: STYLES.text }, line));
  }
  return nodes;
}

function button(href: string, key: string, language: Language): ReactNode[] {
  return [
    h(Button, { key, href, style: STYLES.button }, OPEN[language]),
    h(Text, { key: `${key}-address`, style: STYLES.small, dir: 'ltr' }, h(Link, { href }, href)),
  ];
}

/** A value may be in another script than its label: it keeps its own direction. */
function row(label: string, value: string, key: string): ReactNode {
  return h(
    Text,
    { key, style: STYLES.row },
    h('span', { style: STYLES.label }, `${label}: `),
    h('strong', { dir: 'auto' }, value),
  );
}

const FONT = "'Commissioner', 'Readex Pro', 'Segoe UI', Helvetica, Arial, sans-serif";
/** Mail programs know neither classes nor variables: the colours of the brand, by hand. */
const STYLES = {
  body: { margin: 0, padding: '24px 8px', backgroundColor: '#FBF6EE', fontFamily: FONT },
  card: {
    maxWidth: 560,
    padding: '24px 32px',
    backgroundColor: '#FFFDF9',
    border: '1px solid #E4D8C5',
    borderTop: '6px solid #0B5C6B',
    borderRadius: 16,
  },
  brand: { margin: 0, color: '#0B5C6B', fontSize: 20, fontWeight: 700 },
  heading: { margin: '8px 0 16px', color: '#12312F', fontSize: 24, lineHeight: 1.25 },
  text: { margin: '12px 0', color: '#12312F', fontSize: 16, lineHeight: 1.6 },
  row: { margin: '4px 0', color: '#12312F', fontSize: 16, lineHeight: 1.6 },
  label: { color: '#52635F' },
  button: {
    display: 'inline-block',
    padding: '12px 24px',
    backgroundColor: '#B4432A',
    borderRadius: 12,
    color: '#FFFDF9',
    fontSize: 16,
    fontWeight: 650,
  },
  small: { margin: '8px 0', color: '#52635F', fontSize: 13, wordBreak: 'break-all' },
  rule: { borderColor: '#E4D8C5', margin: '24px 0 8px' },
  foot: { margin: 0, color: '#52635F', fontSize: 13 },
} as const;
