import { Trans, useLingui } from '@lingui/react/macro';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProgrammeView } from '@wire/programmes/programme.schema.js';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { Empty } from '../network/parts/table';
import { programmesQuery, reportQuery } from './api';
import { BudgetBar } from './budget-bar';
import { StateWord } from './words';

export function ProgrammesPage({ institutionIds }: { institutionIds: readonly string[] }) {
  const { t } = useLingui();
  useTitle(t`Programmes`);
  const found = useQueries({ queries: institutionIds.map((id) => programmesQuery(id)) });
  const programmes = found.flatMap(({ data }) => data ?? []);
  const isKnown = found.every(({ data }) => data !== undefined);
  return (
    <>
      <h1>
        <Trans>Programmes</Trans>
      </h1>
      {isKnown && programmes.length === 0 && (
        <Empty>
          <Trans>
            No programme yet. The treasurer of your network writes one with you; it takes no software.
          </Trans>
        </Empty>
      )}
      <ul className="sponsor-cards">
        {programmes.map((programme) => (
          <Card key={programme.id} programme={programme} />
        ))}
      </ul>
    </>
  );
}

function Card({ programme }: { programme: ProgrammeView }) {
  const { id, name, state, startsOn, endsOn } = programme;
  const { data: report } = useQuery(reportQuery(id));
  const [from, until] = [dayText(startsOn), dayText(endsOn)];
  return (
    <li className="sponsor-card">
      <header>
        <h2>
          <Link to="/sponsor/$" params={{ _splat: id }}>
            {name}
          </Link>
        </h2>
        <StateWord state={state} />
      </header>
      <small>
        <Trans>
          From {from} until {until}
        </Trans>
      </small>
      {report && <BudgetBar budget={report.budget} />}
    </li>
  );
}
