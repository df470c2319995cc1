import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { CharterVersion } from '../../api/charter';
import { diffQuery } from '../../api/charter';
import { problemText } from '../../api/problem-text';
import { currentLocale } from '../../i18n/activate';
import './charter.css';

/** What is promised, one promise after the other, each with an anchor of its own. */
export function CharterText({ charter }: { charter: Pick<CharterVersion, 'texts' | 'commitments'> }) {
  const language = currentLocale();
  return (
    <>
      <p className="charter-preamble">{charter.texts[language].preamble}</p>
      <ol className="charter-promises">
        {charter.commitments.map(({ code, texts }) => (
          <li key={code} id={code.toLowerCase()}>
            <h3>{texts[language].value}</h3>
            <p>{texts[language].commitment}</p>
          </li>
        ))}
      </ol>
    </>
  );
}

/** What a new version says that the one before did not, word by word. */
export function CharterChanges({ version, against }: { version: CharterVersion; against: CharterVersion }) {
  const { t } = useLingui();
  const { data, error } = useQuery(diffQuery(version.id, against.id, currentLocale()));
  if (error) return <p role="alert">{problemText(error)}</p>;
  const changed = data?.blocks.filter(({ change }) => change !== 'SAME');
  return (
    <div className="charter-changes" role="region" aria-label={t`What has changed`}>
      {changed?.length === 0 && (
        <p>
          <Trans>Nothing has changed in this language.</Trans>
        </p>
      )}
      {changed?.map(({ block, parts }) => (
        <p key={block}>
          {parts.map(({ kind, text }, at) =>
            kind === 'ADDED' ? (
              <ins key={at}>{text}</ins>
            ) : kind === 'REMOVED' ? (
              <del key={at}>{text}</del>
            ) : (
              <span key={at}>{text}</span>
            ),
          )}
        </p>
      ))}
    </div>
  );
}
