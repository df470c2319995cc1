import type Stripe from 'stripe';
import { Temporal } from '../kernel/time.js';
import type { Form } from './form.js';
import { textAt } from './form.js';
import { CARDS, IBANS, type NewMethod } from './cards.js';
import { wordsFor, type PageWords } from './page-words.js';
import type { Cart } from './store.js';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const STYLE = `:root{color-scheme:light dark;--edge:#8886}body{font:1rem/1.5 system-ui,sans-serif;margin:0;display:grid;
min-height:100vh;place-items:center;padding:1rem}main{width:min(26rem,100%)}h1{font-size:1.4rem;margin:0}
.sum{font-size:2rem;font-variant-numeric:tabular-nums;margin:.25rem 0 1rem}fieldset{border:1px solid var(--edge);
border-radius:.75rem;margin:0 0 1rem;padding:1rem}legend{font-weight:600;padding:0 .4rem}label{display:block;
margin-block:.5rem}input{font:inherit;display:block;width:100%;box-sizing:border-box;padding:.6rem;min-height:44px;
border:1px solid var(--edge);border-radius:.5rem}.two{display:grid;grid-template-columns:1fr 1fr;gap:.75rem}
button,.back{font:inherit;min-height:44px;width:100%;border-radius:.5rem;border:1px solid var(--edge);padding:.6rem;
box-sizing:border-box;display:block;text-align:center;margin-block:.4rem}button.main{background:#0b5d6b;color:#fff;border:0}
.note{opacity:.75;font-size:.9rem}.alert{border-inline-start:4px solid #b3261e;padding-inline-start:.75rem}`;

export type PageState = 'open' | 'bank' | 'declined' | 'over';

/** Without a script: a form, an answer, and a way back. */
export function pageOf(session: Stripe.Checkout.Session, cart: Cart, state: PageState): string {
  const { language, words } = wordsFor(session.locale);
  const name = cart.items.map((item) => item.name).join(', ') || words.save;
  const body =
    state === 'over'
      ? `<p>${words.expired}</p>`
      : state === 'bank'
        ? bankForm(session, words)
        : payForm(session, words);
  return `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${words.title}</title><style>${STYLE}</style></head>
<body><main><p class="note">${words.notReal}</p><h1>${escaped(name)}</h1>
<p class="sum"><bdi dir="ltr">${session.amount_total === null ? '' : sumOf(session, language)}</bdi></p>
${state === 'declined' ? `<p class="alert" role="alert">${words.declined}</p>` : ''}${body}
${session.cancel_url ? `<a class="back" href="${escaped(session.cancel_url)}">${words.back}</a>` : ''}</main></body></html>`;
}

/** What the form of the page holds, or nothing that could be charged. */
export function methodIn(form: Form): NewMethod | null {
  if (textAt(form, 'method') === 'sepa_debit') {
    const iban = (textAt(form, 'iban') ?? '').replaceAll(/\s/g, '').toUpperCase();
    return iban in IBANS ? { type: 'sepa_debit', iban } : null;
  }
  const number = (textAt(form, 'number') ?? '').replaceAll(/\D/g, '');
  const [month, year] = (textAt(form, 'expiry') ?? '').split('/').map((part) => Number(part.trim()));
  if (!(number in CARDS) || !month || !year || month > 12) return null;
  const expYear = year < 100 ? 2000 + year : year;
  const today = Temporal.Now.plainDateISO('UTC');
  if (expYear < today.year || (expYear === today.year && month < today.month)) return null;
  return { type: 'card', number, expMonth: month, expYear };
}

function payForm({ id, mode }: Stripe.Checkout.Session, words: PageWords): string {
  const button = mode === 'setup' ? words.save : words.pay;
  const cards = Object.entries(CARDS).map(
    ([number, { outcome, declineCode }]) => `<option value="${number}">${declineCode ?? outcome}</option>`,
  );
  const ibans = Object.entries(IBANS).map(([iban, outcome]) => `<option value="${iban}">${outcome}</option>`);
  return `<form method="post" action="/pay/${id}"><fieldset><legend>${words.card}</legend>
<input type="hidden" name="method" value="card">
<label>${words.number}<input name="number" dir="ltr" inputmode="numeric" autocomplete="off" list="cards" required></label>
<datalist id="cards">${cards.join('')}</datalist><div class="two">
<label>${words.expiry}<input name="expiry" dir="ltr" placeholder="12/34" autocomplete="off" required></label>
<label>${words.cvc}<input name="cvc" dir="ltr" inputmode="numeric" autocomplete="off" required></label></div>
<button class="main">${button}</button></fieldset></form>
<form method="post" action="/pay/${id}"><fieldset><legend>${words.debit}</legend>
<input type="hidden" name="method" value="sepa_debit">
<label>${words.iban}<input name="iban" dir="ltr" autocomplete="off" list="ibans" required></label>
<datalist id="ibans">${ibans.join('')}</datalist><button>${button} (${words.debit})</button></fieldset></form>
<details><summary>${words.tryCards}</summary><ul dir="ltr">${Object.entries(CARDS)
    .map(([number, { outcome, declineCode }]) => `<li><code>${number}</code> ${declineCode ?? outcome}</li>`)
    .join('')}</ul></details>`;
}

function bankForm({ id }: Stripe.Checkout.Session, words: PageWords): string {
  return `<p>${words.bank}</p><form method="post" action="/pay/${id}/authentication">
<button class="main" name="answer" value="confirm">${words.confirm}</button>
<button name="answer" value="refuse">${words.refuse}</button></form>`;
}

function sumOf({ amount_total: total, currency }: Stripe.Checkout.Session, language: string): string {
  const code = (currency ?? 'eur').toUpperCase();
  const format = new Intl.NumberFormat(`${language}-u-nu-latn`, { style: 'currency', currency: code });
  const scale = ['JOD', 'TND'].includes(code) ? 1000 : 100;
  return format.format((total ?? 0) / scale);
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (mark) => ESCAPES[mark]!);
}
