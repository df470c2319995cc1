import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ENTRY_TYPOLOGIES } from '@wire/data-bank/catalogue.schema.js';
import { taxonomyQuery } from './api';
import { labelName } from './words';

const TYPOLOGY_NAMES = {
  'cget-2019': 'CGET 2019',
  'france-tiers-lieux-2023': 'France Tiers-Lieux 2023',
  openstreetmap: 'OpenStreetMap',
} as const;

/** Our labels, what they are called elsewhere, and the words of sources that none of them means. */
export function Taxonomy() {
  const { data: taxonomy } = useQuery(taxonomyQuery);
  if (!taxonomy) return null;
  return (
    <details className="data-fold">
      <summary>
        <Trans>Kinds of places, and what others call them</Trans>
      </summary>
      <div className="data-scroll" tabIndex={0} role="group">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Kind</Trans>
              </th>
              <th scope="col">
                <Trans>Records</Trans>
              </th>
              {ENTRY_TYPOLOGIES.map((typology) => (
                <th key={typology} scope="col">
                  <bdi dir="ltr">{TYPOLOGY_NAMES[typology]}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {taxonomy.labels.map(({ label, records, elsewhere }) => (
              <tr key={label}>
                <th scope="row">{labelName(label)}</th>
                <td>{records}</td>
                {elsewhere.map(({ typology, word }) => (
                  <td key={typology}>{word ?? <Trans>no word for it</Trans>}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {taxonomy.unmapped.length > 0 && (
        <>
          <h3>
            <Trans>Words that mean none of these</Trans>
          </h3>
          <ul className="data-words">
            {taxonomy.unmapped.map(({ source, word, records }) => (
              <li key={`${source}/${word}`}>
                {word} <span className="data-mute">{source}</span> × {records}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
