import { Plural, Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import type { FormEvent } from 'react';
import { problemText } from '../../api/problem-text';
import { Figures } from '../../components/figures';
import { dayText } from '../../i18n/days';
import {
  AgentView,
  countryDaysQuery,
  openProgrammesQuery,
  ownAgentsQuery,
  RequestView,
  usePut,
  VoucherPage,
  vouchersQuery,
} from '../sponsor/api';
import { AgentWord } from '../sponsor/words';
import '../sponsor/sponsor.css';

/** What a sponsor pays for me: as an agent of an employer, in vouchers of a day each. */
export function Vouchers() {
  const { data: agents = [] } = useQuery(ownAgentsQuery);
  const { data: vouchers = [] } = useQuery(vouchersQuery);
  return (
    <section className="you-vouchers">
      <h2>
        <Trans>Days that a sponsor pays for</Trans>
      </h2>
      <Offered vouchers={vouchers} />
      <Left vouchers={vouchers} />
      {agents.map(({ id, employer, state }) => (
        <p key={id}>
          {employer.name}: <AgentWord state={state} />
        </p>
      ))}
      {agents.some(({ state }) => state === 'CLAIMED' || state === 'CONFIRMED') ? (
        <Ask agents={agents} />
      ) : (
        <Claim />
      )}
      <CountryDays />
    </section>
  );
}

type Voucher = VoucherPage['items'][number];

function Offered({ vouchers }: { vouchers: readonly Voucher[] }) {
  const put = usePut(VoucherPage);
  const offered = vouchers.filter(({ state }) => state === 'OFFERED');
  const [first] = offered;
  if (!first) return null;
  const answer = (word: 'ACCEPTED' | 'RELEASED') =>
    put.mutate({
      path: '/v1/vouchers/answer',
      body: { voucherIds: offered.map(({ id }) => id), answer: word },
    });
  const { sponsor } = first.programme;
  return (
    <div className="sponsor-card">
      <p>
        <strong>
          <Plural value={offered.length} one="# day is offered to you" other="# days are offered to you" />
        </strong>{' '}
        · {sponsor}
      </p>
      <span className="sponsor-acts">
        <Button color="tomette" loading={put.isPending} onClick={() => answer('ACCEPTED')}>
          <Trans>Take them</Trans>
        </Button>
        <Button variant="default" disabled={put.isPending} onClick={() => answer('RELEASED')}>
          <Trans>Give them back</Trans>
        </Button>
      </span>
      {put.error && (
        <p className="form-fault" role="alert">
          {problemText(put.error)}
        </p>
      )}
    </div>
  );
}

function Left({ vouchers }: { vouchers: readonly Voucher[] }) {
  const left = vouchers.filter(({ state }) => state === 'ACCEPTED');
  const soonest = left.map(({ expiresAt }) => expiresAt).toSorted()[0];
  if (!soonest) return null;
  const until = dayText(soonest.slice(0, 10));
  return (
    <p>
      <strong>
        <Plural value={left.length} one="# day is left" other="# days are left" />
      </strong>{' '}
      · <Trans>use them until {until}, or they go back to the sponsor</Trans>
    </p>
  );
}

/** Whoever works for a public employer tells it so. */
function Claim() {
  const { data: programmes = [] } = useQuery(openProgrammesQuery);
  const put = usePut(AgentView);
  const employers = new Map(
    programmes.flatMap((programme) => programme.employers.map(({ id, name }) => [id, name] as const)),
  );
  if (employers.size === 0) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { employerId: form.get('employer'), workEmail: form.get('email') };
    put.mutate({ path: `/v1/agents/${newId()}`, body });
  };
  return (
    <details>
      <summary>
        <Trans>I work for a public employer</Trans>
      </summary>
      <form className="sponsor-acts" onSubmit={submit}>
        <label>
          <Trans>Employer</Trans>
          <select name="employer">
            {[...employers].map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>Address at work</Trans>
          <input name="email" type="email" required />
        </label>
        <Button type="submit" variant="default" loading={put.isPending}>
          <Trans>Tell them</Trans>
        </Button>
        {put.error && (
          <p className="form-fault" role="alert">
            {problemText(put.error)}
          </p>
        )}
      </form>
    </details>
  );
}

function Ask({ agents }: { agents: readonly AgentView[] }) {
  const { data: programmes = [] } = useQuery(openProgrammesQuery);
  const put = usePut(RequestView);
  const agent = agents.find(({ state }) => state === 'CONFIRMED');
  const open = programmes.filter(
    ({ state, employers }) => state === 'OPEN' && employers.some(({ id }) => id === agent?.employer.id),
  );
  if (!agent || open.length === 0) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const wish = {
      programmeId: form.get('programme'),
      days: Number(form.get('days')),
      reason: form.get('reason'),
    };
    put.mutate({ path: `/v1/voucher-requests/${newId()}`, body: { ...wish, agentId: agent.id } });
  };
  if (put.isSuccess)
    return (
      <p role="status">
        <Trans>Asked. The sponsor answers.</Trans>
      </p>
    );
  return (
    <details>
      <summary>
        <Trans>Ask for days</Trans>
      </summary>
      <form className="sponsor-acts" onSubmit={submit}>
        <label>
          <Trans>Programme</Trans>
          <select name="programme">
            {open.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>Days</Trans>
          <input name="days" type="number" min={1} max={250} defaultValue={4} required />
        </label>
        <label>
          <Trans>Reason</Trans>
          <input name="reason" required maxLength={500} />
        </label>
        <Button type="submit" variant="default" loading={put.isPending}>
          <Trans>Ask</Trans>
        </Button>
        {put.error && (
          <p className="form-fault" role="alert">
            {problemText(put.error)}
          </p>
        )}
      </form>
    </details>
  );
}

/** Information and no advice. */
function CountryDays() {
  const { data = [] } = useQuery(countryDaysQuery);
  if (data.length === 0) return null;
  return (
    <p className="sponsor-note">
      <Trans>Attested days by country, as information and no advice:</Trans>{' '}
      {data.map(({ year, country, attestedDays }) => (
        <span key={`${year}${country}`}>
          <Figures>
            {year} {country} {attestedDays}
          </Figures>{' '}
        </span>
      ))}
    </p>
  );
}
