import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { CheckCircle } from '@phosphor-icons/react';
import { PROFILE_PARTS, type ProfilePart } from '@wire/directory/profile.schema.js';
import { fieldId, partOf } from './parts';

/** How much is told, and of the rest: why it matters and a way to its field. */
export function Completeness({ missing }: { missing: readonly ProfilePart[] }) {
  const { t } = useLingui();
  const told = PROFILE_PARTS.length - missing.length;
  const percent = Math.floor((100 * told) / PROFILE_PARTS.length);
  return (
    <section className="completeness panel" aria-label={t`Completeness`}>
      <h2>
        <Trans>{percent} % told</Trans>
      </h2>
      <progress max={100} value={percent} aria-label={t`Completeness`} />
      {missing.length === 0 ? (
        <p className="completeness-done">
          <CheckCircle size={24} aria-hidden="true" />
          <Trans>All told. Look at it again when something in the house changes.</Trans>
        </p>
      ) : (
        <details open={missing.length <= 4}>
          <summary>
            <Plural value={missing.length} one="# thing is missing" other="# things are missing" />
          </summary>
          <ul>
            {missing.map((part) => (
              <li key={part}>
                <a href={`#${fieldId(part)}`} onClick={(event) => jump(event, part)}>
                  {partOf(part).name}
                </a>
                <span>{partOf(part).why}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** To the field itself, ready to be typed into; the address stays, so nothing asks about leaving. */
function jump(event: React.MouseEvent, part: ProfilePart): void {
  event.preventDefault();
  const field = document.getElementById(fieldId(part));
  field?.scrollIntoView({ block: 'center' });
  field?.focus();
}
