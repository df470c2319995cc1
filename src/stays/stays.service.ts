import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import { amount, type Unit } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { latestAgreement, signaturesOf, signerNames } from './agreements.service.js';
import { kilometresBetween } from './grant.rules.js';
import { SCHEME_RULES } from './grant-schemes.data.js';
import { instalmentsOf } from './instalments.service.js';
import { staysOf, type Stay } from './stay.queries.js';
import { NEXT } from './stay.rules.js';
import type { StayPage, StayRow, StaysQuery, StayView } from './stay.schema.js';
import { seenStay, sidesOf, stayScope } from './stay-steps.js';
import { storyOf } from './stories.service.js';
import type { Side } from './stay.words.schema.js';

type Papers = Pick<StayView, 'agreement' | 'documents' | 'attestedDays' | 'statements' | 'moves'>;

/** A stay as its parties see it, with what comes next. */
@Injectable()
export class Stays {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  get(actor: Actor, id: string): Promise<StayView> {
    return this.db.read(stayScope(actor), async (on) => {
      const stay = await seenStay(on, actor, id);
      const papers = await papersOf(on, id);
      const sides = [...sidesOf(actor, stay)];
      return {
        ...this.row(actor, stay),
        ...next(stay, papers),
        ...wishes(stay),
        ...papers,
        mySides: sides,
        legalHost: stay.legalHost,
        tutorName: stay.tutorName,
        personAccepted: stay.personAcceptedAt !== null,
        hostAccepted: stay.hostAcceptedAt !== null,
        isInterrupted: stay.interruptedAt !== null,
        grant: await this.grant(on, stay),
        story: await storyOf(on, id),
      };
    });
  }

  /** One's own, and those in which one's organisations have a part. */
  list(actor: Actor, { organisationId }: StaysQuery): Promise<StayPage> {
    if (organisationId) demandPart(actor, organisationId);
    return this.db.read(stayScope(actor), async (on) => {
      const ids = actor.grants.map((grant) => grant.organisationId);
      const networks = actor.grants.flatMap((grant) => grant.networkIds);
      const stays = await staysOf(on, {
        personId: organisationId ? null : actor.personId,
        organisationIds: organisationId ? [organisationId] : ids,
        networkIds: organisationId ? networks.filter((id) => id === organisationId) : networks,
      });
      const seen = stays.filter((stay) => sidesOf(actor, stay).size > 0);
      return { items: seen.map((stay) => this.row(actor, stay)), next: null };
    });
  }

  private row(actor: Actor, stay: Stay): StayRow {
    const dueAt = dueOf(stay);
    const coming = NEXT[stay.state];
    return {
      id: stay.id,
      call: { id: stay.callId, title: stay.callTitle, programme: stay.programme },
      network: { id: stay.networkId, name: stay.networkName },
      direction: stay.direction,
      legalBasis: stay.legalBasis,
      participant: stay.participantName,
      employer: stay.employer,
      fromDay: stay.fromDay,
      untilDay: stay.untilDay,
      days: stay.days,
      state: stay.state,
      nextAct: coming?.act ?? null,
      nextBy: [...(coming?.by ?? [])],
      dueAt,
      isOverdue:
        dueAt !== null && Temporal.Instant.compare(this.clock.now(), Temporal.Instant.from(dueAt)) > 0,
      stayPlace: stay.stayPlace,
      attestedDays: stay.attestedDays,
      mySides: [...sidesOf(actor, stay)],
    };
  }

  private async grant(on: Reader, stay: Stay): Promise<StayView['grant']> {
    const { source, hostEventMinor } = SCHEME_RULES[stay.grantScheme];
    const money = (minor: number | bigint) => amountToWire(amount(stay.unit, minor));
    const origin = await this.directory.space(on, stay.originSpaceId);
    const place = stay.stayPlace && (await this.directory.space(on, stay.stayPlace.id));
    const instalments = await instalmentsOf(on, stay.id);
    return {
      source,
      grantBody: stay.grantBody,
      kilometres: place ? Math.round(kilometresBetween(origin, place)) : 0,
      planned: stay.plannedMinor === null ? null : money(stay.plannedMinor),
      final: stay.finalMinor === null ? null : money(stay.finalMinor),
      hostEvent: money(hostEventMinor),
      instalments: instalments.map(({ id, kind, minor, unit, reference, isOrdered, paidOn }) => ({
        id,
        kind,
        amount: amountToWire(amount(unit as Unit, minor)),
        reference,
        isOrdered,
        paidOn,
      })),
    };
  }
}

function demandPart(actor: Actor, organisationId: string): void {
  const at = { organisationId, networkId: organisationId };
  if (may(actor, 'stays:answer', { organisationId }) || may(actor, 'stays:pay', at)) return;
  demand(actor, 'stays:coordinate', at);
}

function wishes(stay: Stay) {
  const { status, motivation, questions, languages, alternatives, originSpaceId } = stay;
  const { travelDays, isGreen, isEarlyAgreed, earlierDays } = stay;
  return {
    status,
    motivation,
    questions,
    languages,
    alternatives,
    originSpaceId,
    travelDays,
    isGreen,
    isEarlyAgreed,
    earlierDays,
  };
}

/** The clock that runs now. */
function dueOf(stay: Stay): string | null {
  if (stay.state === 'EMPLOYER_REVIEW') return stay.employerDueAt;
  if (stay.state === 'MATCHED') return stay.matchExpiresAt;
  if (stay.state === 'AWAITING_REPORTS' || stay.state === 'OVERDUE') return `${stay.reportsDueOn}T23:59:59Z`;
  return null;
}

/** Of those whose turn it is, those who have not done their part. */
function next(
  stay: Stay,
  { agreement, documents, statements }: Papers,
): Pick<StayView, 'nextAct' | 'nextBy'> {
  const coming = NEXT[stay.state];
  const state: string = stay.state;
  const rest = (done: readonly Side[]) => (coming?.by ?? []).filter((side) => !done.includes(side));
  switch (state) {
    case 'MATCHED':
      return {
        nextAct: 'ANSWER_MATCH',
        nextBy: [
          ...(stay.personAcceptedAt ? [] : ['PARTICIPANT' as const]),
          ...(stay.hostAcceptedAt ? [] : ['HOST' as const]),
        ],
      };
    case 'SIGNING':
      return {
        nextAct: 'SIGN',
        nextBy: (agreement?.signatures ?? []).filter(({ signedAt }) => !signedAt).map(({ side }) => side),
      };
    case 'SIGNED':
      return documents.every(({ isSettled }) => isSettled)
        ? { nextAct: 'MAKE_READY', nextBy: ['COORDINATOR'] }
        : { nextAct: 'SETTLE_DOCUMENT', nextBy: ['COORDINATOR'] };
    case 'AWAITING_REPORTS':
    case 'OVERDUE': {
      const missing = rest(statements.map(({ side }) => side));
      return missing.length > 0
        ? { nextAct: 'FILE_STATEMENT', nextBy: missing }
        : { nextAct: 'ACCEPT_REPORTS', nextBy: ['COORDINATOR'] };
    }
    default:
      return { nextAct: coming?.act ?? null, nextBy: [...(coming?.by ?? [])] };
  }
}

const AT = `to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

async function papersOf(on: Reader, id: string): Promise<Papers> {
  const latest = await latestAgreement(on, id);
  const days = await sql<{ day: string }>(
    on,
    'SELECT day::text AS day FROM stays.attested_days WHERE stay_id = $1 ORDER BY day',
    [id],
  );
  return {
    agreement: latest && (await agreementView(on, latest)),
    documents: await sql(
      on,
      `SELECT kind, ground, reference, issuer, valid_from::text AS "validFrom", valid_until::text AS "validUntil", waiver,
         settled_at IS NOT NULL AS "isSettled" FROM stays.documents WHERE stay_id = $1 ORDER BY kind`,
      [id],
    ),
    attestedDays: days.map(({ day }) => day),
    statements: await sql(
      on,
      `SELECT side, learnt, changes, ${AT} AS "filedAt" FROM stays.statements WHERE stay_id = $1 ORDER BY created_at`,
      [id],
    ),
    moves: await sql(
      on,
      `SELECT act, side, to_state AS "toState", reason, ${AT} AS at FROM stays.moves WHERE stay_id = $1
       ORDER BY created_at, id`,
      [id],
    ),
  };
}

async function agreementView(
  on: Reader,
  { id, number, hash, content }: NonNullable<Awaited<ReturnType<typeof latestAgreement>>>,
): Promise<StayView['agreement']> {
  const signed = await signaturesOf(on, id);
  const names = signerNames(content);
  const { functionsObserved, insurance, confidentiality, intellectualProperty, dataProtection, expenses } =
    content;
  return {
    number,
    hash,
    functionsObserved,
    insurance,
    confidentiality,
    intellectualProperty,
    dataProtection,
    expenses,
    signatures: content.signers.map((side) => ({
      side,
      name: names[side],
      signedAt: signed.find((signature) => signature.side === side)?.signedAt ?? null,
    })),
  };
}
