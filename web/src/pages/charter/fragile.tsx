import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { t } from '@lingui/core/macro';
import type { Sign } from '@wire/charter/fragility.schema.js';
import { fragilityQuery } from '../../api/charter';
import { useHere } from '../network/here';

/** Which spaces somebody should call: signs, not verdicts. */
export function Fragile() {
  const { networkId } = useHere();
  const { data } = useQuery(fragilityQuery(networkId));
  const shown = data?.items.filter(({ signs }) => signs.length > 0) ?? [];
  if (shown.length === 0) return null;
  return (
    <>
      <h2>
        <Trans>Early signs</Trans>
      </h2>
      <p>
        <Trans>
          A reason to call, never one to stop. They come from visits, closures, debts and the charter.
        </Trans>
      </p>
      <ul className="charter-list">
        {shown.map(({ space, signs, of }) => (
          <li key={space.id}>
            <strong>{space.name}</strong>, {space.city}: <bdi dir="ltr">{`${signs.length}/${of}`}</bdi>{' '}
            {signs.map(signText).join(', ')}
          </li>
        ))}
      </ul>
    </>
  );
}

function signText(sign: Sign): string {
  switch (sign) {
    case 'DEBIT':
      return t`it owes almost as much as it may`;
    case 'VISITS':
      return t`half as many visits as before`;
    case 'CLOSURES':
      return t`many closed days`;
    case 'CHARTER':
      return t`its charter or its assessment is not in order`;
  }
}
