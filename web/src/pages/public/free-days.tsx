import { Plural, Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../../api/session';
import { freeDaysQuery, type Space } from '../../api/spaces';
import { dayText } from '../../i18n/days';

/** Desks free on each of the next fourteen days: the strip of the space's page. */
export function FreeDays({ space }: { space: Space }) {
  const { data: session } = useSession();
  const { data: pools } = useQuery({ ...freeDaysQuery(space), enabled: Boolean(session) });
  const days = pools ? sumOf(pools) : [];
  return (
    <section className="free">
      <h2>
        <Trans>Desks free, next 14 days</Trans>
      </h2>
      {!session && (
        <p className="space-note">
          <Link to="/sign-in" search={{ next: `/spaces/${space.id}` }}>
            <Trans>Sign in to see what is free and what it costs you.</Trans>
          </Link>
        </p>
      )}
      <ol className="free-strip">
        {days.map(({ day, free }) => (
          <li key={day} className={free === 0 ? 'free-day is-full' : 'free-day'}>
            <span>{dayText(day)}</span>
            <strong>
              <Plural value={free} _0="no desk" one="# desk" other="# desks" />
            </strong>
          </li>
        ))}
      </ol>
    </section>
  );
}

type Pools = readonly {
  readonly days: readonly { readonly day: string; readonly free: { readonly DAY: number } }[];
}[];

function sumOf(pools: Pools): { day: string; free: number }[] {
  const free = new Map<string, number>();
  for (const { day, free: seats } of pools.flatMap(({ days }) => days)) {
    free.set(day, (free.get(day) ?? 0) + seats.DAY);
  }
  return [...free].map(([day, seats]) => ({ day, free: seats }));
}
