/** What the played months come to: as data for a test, and as tables for a reader. */
import { amount, decimalText } from '../../kernel/money.js';
import { printTable } from '../../platform/cli.js';
import { DEMO_NOMADS, DEMO_SPACES } from '../demo-network.js';
import { text, type PlayedMonth } from './play.js';

export function summary(june: PlayedMonth, july: PlayedMonth) {
  const euros = june.window.totals.find(({ unit }) => unit === 'EUR');
  const ines = july.visits.filter(({ guest }) => guest === 'ines');
  const onQuota = ines.filter(({ booking }) => booking.funding === 'VISA_QUOTA');
  const paid = ines.filter(({ booking }) => booking.funding === 'PAY_AS_YOU_GO');
  const charged = paid.reduce((sum, { booking }) => sum + booking.guestPrice.minor, 0);
  return {
    S1: {
      visits: ines.length,
      quota_days: onQuota.length,
      paid_days: paid.length,
      paid_net: decimalText(amount('EUR', charged)),
      positions: july.positions.map(({ space, unit, net }) => ({ party: space, unit, net })),
      payments: july.payments.map(({ from, to, unit, amount: sum }) => ({ from, to, unit, amount: sum })),
      proof_holds: july.proof.holds,
    },
    S6: {
      gross: text({ unit: 'EUR', minor: euros?.grossMinor ?? 0 }),
      positions: Object.fromEntries(june.positions.map(({ space, net }) => [space, net])),
      payments: june.payments.map(({ from, to, amount: sum }) => ({ from, to, amount: sum })),
      reduction_percent: euros?.reductionPercent ?? 0,
      proof_holds: june.proof.holds,
    },
  };
}

export function tell(june: PlayedMonth, july: PlayedMonth): void {
  heading('June: a treasurer’s month between five spaces (S6)');
  tellMonth(june);
  heading('July: Tunis and Marseille, never offset (S1)');
  tellMonth(july);
}

function tellMonth({ visits, window, positions, payments, proof }: PlayedMonth): void {
  printTable(
    visits.map(({ guest, host, day, booking }) => ({
      day,
      guest: DEMO_NOMADS[guest].name,
      home: DEMO_NOMADS[guest].home,
      host,
      city: DEMO_SPACES[host].city,
      'paid by': booking.funding,
      'host earns': `${text(booking.price)} ${booking.price.unit}`,
    })),
  );
  heading(`Window ${window.number}, ${window.state}: net positions`);
  printTable(positions.map(({ space, unit, net }) => ({ party: space, unit, net: net.padStart(10) })));
  heading('Payments');
  printTable(
    payments.map(({ from, to, unit, amount: sum, kind }) => ({
      from,
      to,
      amount: sum.padStart(10),
      unit,
      kind,
    })),
  );
  for (const { unit, grossMinor, paymentsMinor, reductionPercent } of window.totals) {
    const [gross, paid] = [text({ unit, minor: grossMinor }), text({ unit, minor: paymentsMinor })];
    line(`${unit}: ${gross} of visits cleared by ${paid} of payments, ${reductionPercent} % less to move.`);
  }
  line(`Proof: ${proof.checks.length} checks, ${proof.holds ? 'all hold' : 'NOT ALL HOLD'}.`);
}

function heading(words: string): void {
  line(`\n${words}`);
}

function line(words: string): void {
  process.stdout.write(`${words}\n`);
}
