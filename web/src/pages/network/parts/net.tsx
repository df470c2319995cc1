import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { Unit } from '@wire/kernel/money.js';
import { authorsQuery } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { moneyText, type WireAmount } from '../../../components/money';
import { dayText } from '../../../i18n/days';
import { daysNumber } from '../../../i18n/names';
import { useHere } from '../here';

/** Days where days are owed, else money. */
export function amountText({ unit, minor }: WireAmount, days: (n: string) => string): string {
  return unit === 'HALF_DAY' ? days(daysNumber(minor)) : moneyText({ unit, minor });
}

export function Amount({ unit, minor }: { unit: Unit; minor: number }) {
  const { t } = useLingui();
  return <Figures>{amountText({ unit, minor }, (days) => t`${days} days`)}</Figures>;
}

/** A sign and a word beside the colour: a printout and a colour-blind reader know as much. */
export function Net({ unit, minor }: { unit: Unit; minor: number }) {
  const { t } = useLingui();
  if (minor === 0)
    return (
      <span className="net-even">
        <Amount unit={unit} minor={0} /> <small>{t`even`}</small>
      </span>
    );
  const text = amountText({ unit, minor: Math.abs(minor) }, (days) => t`${days} days`);
  return (
    <span className={minor > 0 ? 'net-owed' : 'net-owes'}>
      <Figures>{`${minor > 0 ? '+' : '\u2212'}${text}`}</Figures>{' '}
      <small>{minor > 0 ? <Trans>is owed</Trans> : <Trans>owes</Trans>}</small>
    </span>
  );
}

export const longDay = (day: string) => dayText(day, { day: 'numeric', month: 'short', year: 'numeric' });

/** Who acted: the reader, a colleague by name, or the clock. */
export function Who({ by }: { by: string }) {
  const { personId, networkId } = useHere();
  const id = by.replace(/^person:/, '');
  const isPerson = id !== personId && by !== 'system';
  const { data } = useQuery({ ...authorsQuery(networkId), enabled: isPerson });
  if (id === personId) return <Trans>you</Trans>;
  if (by === 'system') return <Trans>the clock</Trans>;
  const name = data?.items.find((author) => author.personId === id)?.name;
  return name ? <bdi>{name}</bdi> : <Trans>a colleague</Trans>;
}
