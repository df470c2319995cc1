import { Plural, Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { hints, without, type Found } from './find-rules';
import type { FindSearch } from './find-search';
import { narrowingText } from './find-texts';

/** Says which of the conditions keeps the spaces away, and takes it away at a tap. */
export function NothingFits({
  all,
  search,
  nowMs,
}: {
  all: readonly Found[];
  search: FindSearch;
  nowMs: number;
}) {
  if (all.length === 0) {
    return (
      <p>
        <Trans>No space has joined yet.</Trans>
      </p>
    );
  }
  const ways = hints(search, all, nowMs);
  return (
    <div className="find-nothing">
      {ways.length > 0 && (
        <ul>
          {ways.map(({ key, count }) => {
            const condition = narrowingText(search, key);
            return (
              <li key={key}>
                <Link to="/spaces" search={without(search, key)} replace className="pill pill-strong">
                  <Trans>Without {condition}</Trans> · <Plural value={count} one="# space" other="# spaces" />
                </Link>
              </li>
            );
          })}
        </ul>
      )}
      <p>
        {ways.length === 0 && <Trans>Two conditions together keep every space away.</Trans>}{' '}
        <Link to="/spaces">
          <Trans>All spaces</Trans>
        </Link>
      </p>
    </div>
  );
}
