import { Trans, useLingui } from '@lingui/react/macro';
import { FilePdf } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import type { DocumentView } from '@wire/billing/document.schema.js';
import type { VatEventView } from '@wire/vat/vat.schema.js';
import { useState } from 'react';
import { documentsQuery, vatEventsQuery } from '../../api/network-office';
import { Figures } from '../../components/figures';
import { useTitle } from '../../shell/title';
import { NetLink, useHere } from './here';
import { Fault } from './parts/act';
import { Amount, longDay } from './parts/net';
import { Moment } from '../../components/moment';
import { Empty, WideTable } from './parts/table';
import { percent, VatWhy, type Why } from './vat-why';
import './documents.css';

/** What was issued in the network, and which VAT fell due on what was sold and used: each with its reasons. */
export function DocumentsPage() {
  const { t } = useLingui();
  useTitle(t`Documents`);
  const {
    path: [tab = 'issued'],
  } = useHere();
  const [why, setWhy] = useState<Why | null>(null);
  const tabs = [
    ['issued', <Trans key="issued">Invoices and credit notes</Trans>],
    ['vat', <Trans key="vat">VAT of passes</Trans>],
  ] as const;
  return (
    <>
      <h1>
        <Trans>Documents</Trans>
      </h1>
      <nav className="statement-views" aria-label={t`Documents`}>
        {tabs.map(([key, name]) => (
          <NetLink
            key={key}
            to={`documents/${key}`}
            className="pill"
            aria-current={key === tab ? 'page' : undefined}
          >
            {name}
          </NetLink>
        ))}
      </nav>
      {tab === 'vat' ? <VatEvents onWhy={setWhy} /> : <Issued onWhy={setWhy} />}
      {why && <VatWhy why={why} onClose={() => setWhy(null)} />}
    </>
  );
}

type OnWhy = { readonly onWhy: (why: Why) => void };

function Issued({ onWhy }: OnWhy) {
  const { t } = useLingui();
  const { networkId } = useHere();
  const { data, error } = useQuery(documentsQuery(networkId));
  if (data?.items.length === 0)
    return (
      <Empty>
        <Trans>No document was issued yet. Closing a window issues them.</Trans>
      </Empty>
    );
  return (
    <>
      <Fault error={error} />
      {data && (
        <WideTable label={t`Invoices and credit notes`}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Number</Trans>
              </th>
              <th scope="col">
                <Trans>From</Trans>
              </th>
              <th scope="col">
                <Trans>To</Trans>
              </th>
              <th scope="col" className="es-amount-column">
                <Trans>Net</Trans>
              </th>
              <th scope="col" className="es-amount-column">
                <Trans>VAT</Trans>
              </th>
              <th scope="col">
                <Trans>Issued</Trans>
              </th>
              <th scope="col">
                <Trans>Why this VAT</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((document) => (
              <IssuedRow key={document.id} document={document} onWhy={onWhy} />
            ))}
          </tbody>
        </WideTable>
      )}
    </>
  );
}

function IssuedRow({ document, onWhy }: { document: DocumentView } & OnWhy) {
  const { id, number, kind, issuer, recipient, net, vat, vatNote, issuedAt, selfBilled, vatDecision } =
    document;
  return (
    <tr>
      <th scope="row">
        <a className="doc-file" href={`/v1/documents/${id}/pdf`} target="_blank" rel="noreferrer">
          <FilePdf size={20} aria-hidden="true" />
          <bdi dir="ltr">{number}</bdi>
        </a>
        <small>
          {kind === 'CREDIT_NOTE' ? <Trans>credit note</Trans> : <Trans>invoice</Trans>}
          {selfBilled && (
            <>
              {' · '}
              <Trans>self-billed</Trans>
            </>
          )}
        </small>
      </th>
      <td>{issuer.name}</td>
      <td>{recipient.name}</td>
      <td className="es-amount-column">
        <Amount {...net} />
      </td>
      <td className="es-amount-column">
        <Amount {...vat} />
      </td>
      <td>
        <Moment at={issuedAt} />
      </td>
      <td>
        {vatDecision ? (
          <button
            type="button"
            className="figure-door"
            onClick={() =>
              onWhy({
                title: <Trans>Why this VAT: {number}</Trans>,
                decision: vatDecision.decision,
                inputs: vatDecision.inputs,
              })
            }
          >
            {vatDecision.decision.category === 'S' ? (
              <Figures>{percent(vatDecision.decision.rateBps)}</Figures>
            ) : (
              <bdi dir="ltr">{vatDecision.decision.mention ?? vatDecision.decision.category}</bdi>
            )}
          </button>
        ) : (
          <bdi dir="ltr">{vatNote}</bdi>
        )}
      </td>
    </tr>
  );
}

function VatEvents({ onWhy }: OnWhy) {
  const { t } = useLingui();
  const { networkId } = useHere();
  const { data, error } = useQuery(vatEventsQuery(networkId));
  if (data?.items.length === 0)
    return (
      <Empty>
        <Trans>No VAT of a pass has fallen due yet: it does at sale, or when the pass is used.</Trans>
      </Empty>
    );
  return (
    <>
      <Fault error={error} />
      {data && (
        <WideTable label={t`VAT of passes`}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Day</Trans>
              </th>
              <th scope="col">
                <Trans>Fell due</Trans>
              </th>
              <th scope="col">
                <Trans>Supplier</Trans>
              </th>
              <th scope="col" className="es-amount-column">
                <Trans>Paid</Trans>
              </th>
              <th scope="col" className="es-amount-column">
                <Trans>VAT</Trans>
              </th>
              <th scope="col">
                <Trans>Why this VAT</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((event) => (
              <EventRow key={event.id} event={event} onWhy={onWhy} />
            ))}
          </tbody>
        </WideTable>
      )}
    </>
  );
}

function EventRow({ event, onWhy }: { event: VatEventView } & OnWhy) {
  const { day, kind, supplier, gross, vat, decision, inputs } = event;
  return (
    <tr>
      <th scope="row">{longDay(day)}</th>
      <td>{kind === 'SALE' ? <Trans>at sale</Trans> : <Trans>when it was used</Trans>}</td>
      <td>{supplier.name}</td>
      <td className="es-amount-column">
        <Amount {...gross} />
      </td>
      <td className="es-amount-column">
        <Amount {...vat} />
      </td>
      <td>
        <button
          type="button"
          className="figure-door"
          onClick={() => onWhy({ title: <Trans>Why this VAT: {supplier.name}</Trans>, decision, inputs })}
        >
          {decision.category === 'S' ? (
            <Figures>{percent(decision.rateBps)}</Figures>
          ) : (
            <bdi dir="ltr">{decision.mention ?? decision.category}</bdi>
          )}
        </button>
      </td>
    </tr>
  );
}
