import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ENCOUNTER_KINDS, EncounterRoomView, EncounterView } from '@wire/encounters/encounter.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { Temporal } from '@wire/kernel/time.js';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/call';
import type { ListedSpace } from '../../api/spaces';
import { QrCode } from '../../components/qr-code';
import { dayText } from '../../i18n/days';
import { encountersQuery, roomQuery } from './api';
import { EncounterHead } from './encounters-page';
import { encounterKind, encounterProblemText } from './words';

/** The encounters of a space: announced, attested on the spot, closed with minutes. */
export function Meetings({ space }: { space: ListedSpace }) {
  const { data: encounters = [] } = useQuery(encountersQuery);
  const own = encounters.filter((encounter) => encounter.space.id === space.id);
  return (
    <section>
      <h2>
        <Trans>Encounters and study visits</Trans>
      </h2>
      {own.map((encounter) => (
        <details key={encounter.id} className="meet-card">
          <summary>{encounter.title}</summary>
          <Room encounter={encounter} />
        </details>
      ))}
      <Call space={space} />
    </section>
  );
}

function Room({ encounter }: { encounter: EncounterView }) {
  const { t } = useLingui();
  const { data: room } = useQuery(roomQuery(encounter.id));
  if (!room) return null;
  const { institutions, users, followUps, minutes } = room;
  return (
    <>
      <EncounterHead encounter={encounter} />
      {room.encounter.state === 'ANNOUNCED' && (
        <div className="meet-code">
          <QrCode text={room.attendanceAddress} label={t`Code that attests who is here`} />
        </div>
      )}
      <p>
        <Trans>
          From institutions: {institutions}. From spaces: {users}.
        </Trans>
      </p>
      {followUps.map(({ id, what, owner, dueOn, state }) => (
        <p key={id} className="meet-entry">
          {what} · {owner} · {dayText(dueOn)} {state !== 'OPEN' && '✓'}
        </p>
      ))}
      {minutes ? <p>{minutes}</p> : <Close encounterId={encounter.id} />}
    </>
  );
}

function Close({ encounterId }: { encounterId: string }) {
  const queries = useQueryClient();
  const [todo] = useState(newId);
  const closing = useMutation({
    mutationFn: (body: object) =>
      call(`/v1/encounters/${encounterId}/closing`, { method: 'PUT', body, returns: EncounterRoomView }),
    onSuccess: () => queries.invalidateQueries({ queryKey: encountersQuery.queryKey }),
  });
  const close = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { minutes, what, owner, due } = Object.fromEntries(new FormData(event.currentTarget)) as Record<
      string,
      string
    >;
    closing.mutate({ minutes, followUps: what ? [{ id: todo, what, owner, dueOn: due }] : [] });
  };
  const [what, setWhat] = useState('');
  return (
    <form className="meet-form" onSubmit={close}>
      <label>
        <Trans>Minutes</Trans>
        <textarea name="minutes" rows={3} required maxLength={2000} />
      </label>
      <label>
        <Trans>What is to be done, if anything</Trans>
        <input name="what" value={what} onChange={(event) => setWhat(event.target.value)} maxLength={200} />
      </label>
      {what !== '' && (
        <>
          <label>
            <Trans>By which organisation</Trans>
            <input name="owner" required maxLength={200} />
          </label>
          <label>
            <Trans>Until when</Trans>
            <input name="due" type="date" required />
          </label>
        </>
      )}
      {closing.error && (
        <p className="say-fault" role="alert">
          {encounterProblemText(closing.error)}
        </p>
      )}
      <button className="pill pill-strong" disabled={closing.isPending}>
        <Trans>Close the encounter</Trans>
      </button>
    </form>
  );
}

function Call({ space }: { space: ListedSpace }) {
  const queries = useQueryClient();
  const [id, renew] = useState(newId);
  const calling = useMutation({
    mutationFn: (body: object) =>
      call(`/v1/encounters/${id}`, { method: 'PUT', body, returns: EncounterView }),
    onSuccess: () => {
      renew(newId());
      return queries.invalidateQueries({ queryKey: encountersQuery.queryKey });
    },
  });
  const announce = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const at = (time: string) =>
      Temporal.PlainDateTime.from(`${given['day']}T${time}`)
        .toZonedDateTime(space.timeZone)
        .toInstant()
        .toString();
    const { kind, title, seats } = given;
    const body = {
      spaceId: space.id,
      kind,
      title,
      startsAt: at(given['from']!),
      endsAt: at(given['until']!),
      capacity: Number(seats),
    };
    calling.mutate(body, { onSuccess: () => form.reset() });
  };
  return (
    <details className="meet-card">
      <summary>
        <Trans>Announce an encounter</Trans>
      </summary>
      <form className="meet-form" onSubmit={announce}>
        <label>
          <Trans>Kind</Trans>
          <select name="kind">
            {ENCOUNTER_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {encounterKind(kind)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>Title</Trans>
          <input name="title" required maxLength={200} />
        </label>
        <label>
          <Trans>Day</Trans>
          <input name="day" type="date" required />
        </label>
        <label>
          <Trans>From</Trans>
          <input name="from" type="time" required defaultValue="09:00" />
        </label>
        <label>
          <Trans>Until</Trans>
          <input name="until" type="time" required defaultValue="12:00" />
        </label>
        <label>
          <Trans>Seats</Trans>
          <input name="seats" type="number" min={1} max={1000} required defaultValue={12} />
        </label>
        {calling.error && (
          <p className="say-fault" role="alert">
            {encounterProblemText(calling.error)}
          </p>
        )}
        <button className="pill pill-strong" disabled={calling.isPending}>
          <Trans>Announce</Trans>
        </button>
      </form>
    </details>
  );
}
