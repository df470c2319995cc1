/**
 * Was there an order of what happened in which every answer was right? Knows nothing of the product: two halves of a
 * day, so many seats of each, those who hold one, and a line.
 */
export type Half = 'MORNING' | 'AFTERNOON';
export type Part = 'DAY' | Half;

/** What a client asked for and was told, and when, by one clock. */
export type Happened = {
  readonly client: string;
  readonly act: 'book' | 'cancel' | 'change' | 'join' | 'leave' | 'confirm' | 'expire';
  readonly part: Part;
  /** What a change gives up. */
  readonly from?: Part;
  readonly answer: string;
  readonly began: number;
  readonly ended: number;
};

export type Seats = {
  readonly capacity: number;
  /** By client. */
  readonly held: Readonly<Record<string, Part>>;
  /** Held for somebody who has yet to confirm. */
  readonly pending: readonly string[];
  /** Taken for somebody who waited. */
  readonly kept: Readonly<Record<string, Part>>;
  readonly line: readonly (readonly [client: string, part: Part])[];
};

/** Some order, within what the clock leaves open, that explains every answer and ends as the database does. */
export function isExplained(
  begin: Seats,
  history: readonly Happened[],
  end: Omit<Seats, 'capacity'>,
): boolean {
  const wanted = textOf(end);
  const seen = new Set<string>();
  const explain = (seats: Seats, left: readonly Happened[]): boolean => {
    if (left.length === 0) return textOf(seats) === wanted;
    const key = `${left.map((one) => history.indexOf(one)).join()} ${textOf(seats)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const firstEnd = Math.min(...left.map(({ ended }) => ended));
    return left
      .filter(({ began }) => began <= firstEnd) // nothing happens before it began, nor after it was answered
      .some((one) => {
        const after = step(seats, one);
        return (
          after !== null &&
          explain(
            after,
            left.filter((other) => other !== one),
          )
        );
      });
  };
  return explain(begin, history);
}

type Asked = Pick<Happened, 'client' | 'act' | 'part'>;
const ANSWERS = ['ok', 'booking.full', 'wait.not_full'];

/** What has to be answered when nobody else is there, and what follows. */
export function answerTo(seats: Seats, asked: Asked): { readonly answer: string; readonly after: Seats } {
  for (const answer of ANSWERS) {
    const after = step(seats, { ...asked, answer });
    if (after) return { answer, after };
  }
  throw new Error(`nothing answers ${asked.act}`);
}

/** What follows; null when the answer would be wrong now. */
function step(seats: Seats, { client, act, part, answer }: Asked & Pick<Happened, 'answer'>): Seats | null {
  switch (`${act} ${answer}`) {
    case 'book ok':
      return fits(seats, part) ? holding(seats, client, part) : null;
    case 'book booking.full':
      return fits(seats, part) ? null : seats;
    case 'cancel ok':
      return served(without(seats, client));
    case 'change ok': {
      const given = without(seats, client);
      return fits(given, part) ? served(holding(given, client, part)) : null;
    }
    case 'change booking.full':
      return fits(without(seats, client), part) ? null : seats;
    case 'join ok':
      return fits(seats, part) ? null : { ...seats, line: [...seats.line, [client, part]] };
    case 'join wait.not_full':
      return fits(seats, part) ? seats : null;
    case 'leave ok':
      return served(without(seats, client));
    case 'confirm ok':
      return seats.pending.includes(client) ? { ...seats, pending: [] } : null;
    case 'confirm booking.not_held':
    case 'expire 0':
      return seats; // the hold's own time decides, which is no seat's
    case 'expire 1':
      return seats.pending.length === 1 ? served(without(seats, seats.pending[0]!)) : null;
    default:
      return null;
  }
}

function holding(seats: Seats, client: string, part: Part): Seats {
  return { ...seats, held: { ...seats.held, [client]: part } };
}

function without({ held, kept, pending, line, capacity }: Seats, client: string): Seats {
  const others = <Value>(of: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(of).filter(([name]) => name !== client));
  return {
    capacity,
    held: others(held),
    kept: others(kept),
    pending: pending.filter((name) => name !== client),
    line: line.filter(([name]) => name !== client),
  };
}

/** A free seat goes to the first in line whom it serves, at once. */
function served(seats: Seats): Seats {
  const next = seats.line.find(([, part]) => fits(seats, part));
  if (!next) return seats;
  const [client, part] = next;
  const line = seats.line.filter((one) => one !== next);
  return served({ ...seats, line, kept: { ...seats.kept, [client]: part } });
}

function fits({ capacity, held, kept }: Seats, part: Part): boolean {
  const taken = [...Object.values(held), ...Object.values(kept)];
  const isFree = (half: Half) => taken.filter((one) => one === half || one === 'DAY').length < capacity;
  return part === 'DAY' ? isFree('MORNING') && isFree('AFTERNOON') : isFree(part);
}

export function textOf({ held, kept, pending, line }: Omit<Seats, 'capacity'>): string {
  const sorted = (of: Readonly<Record<string, Part>>) =>
    Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted(held), sorted(kept), pending, line]);
}
