import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { commit } from './calls.service.js';
import { documentsNeeded, rulesOf } from './legal-basis.rules.js';
import { Placements } from './placements.service.js';
import { StayProblems } from './stay.problems.js';
import type { Stay } from './stay.queries.js';
import { signersOf } from './stay.rules.js';
import type { PutStayAgreement, PutStaySignature } from './stay.schema.js';
import { StaySteps } from './stay-steps.js';
import type { SigningSide } from './stay.words.schema.js';

/** A simple electronic signature (eIDAS, Regulation (EU) 910/2014 art. 3(10)): who was signed in, when, on which hash. */
const METHOD = 'SIMPLE_SIGNED_IN';

/** What is signed, word for word: its hash is what everybody's signature stands on. */
export type AgreementContent = PutStayAgreement & {
  readonly template: string;
  readonly source: string;
  readonly direction: string;
  readonly participant: string;
  readonly employer: string;
  readonly legalHost: string;
  readonly grantBody: string;
  readonly stayPlace: string;
  readonly tutor: string;
  readonly fromDay: string;
  readonly untilDay: string;
  readonly days: number;
  readonly grantMinor: number;
  readonly unit: string;
  readonly firstInstalmentPct: number;
  readonly signers: readonly SigningSide[];
};
export type Agreement = {
  readonly id: string;
  readonly number: number;
  readonly hash: string;
  readonly content: AgreementContent;
};

/** The convention of a stay, made of the template of its legal basis, and signed in any order. */
@Injectable()
export class Agreements {
  constructor(
    private readonly clock: Clock,
    private readonly placements: Placements,
    private readonly steps: StaySteps,
  ) {}

  /** Another text is another agreement: what was signed before does not count for it. */
  draft(actor: Actor, id: string, body: PutStayAgreement): Promise<void> {
    return this.steps.take(actor, { stayId: id, act: 'DRAFT_AGREEMENT', body }, async ({ tx, stay }) => {
      const plannedMinor = await this.planned(tx, stay);
      const content = contentOf(stay, body, plannedMinor);
      const hash = requestHash(content);
      const earlier = await latestAgreement(tx, id);
      if (earlier?.hash === hash) return null;
      await sql(
        tx,
        `INSERT INTO stays.agreements (id, stay_id, network_id, number, content, hash, drafted_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          newId(),
          id,
          stay.networkId,
          (earlier?.number ?? 0) + 1,
          JSON.stringify(content),
          hash,
          actor.name,
          this.clock.now().toString(),
        ],
      );
      await sql(tx, `UPDATE stays.stays SET state = 'SIGNING', planned_minor = $2 WHERE id = $1`, [
        id,
        plannedMinor,
      ]);
      return { to: 'SIGNING' };
    });
  }

  sign(actor: Actor, id: string, body: PutStaySignature): Promise<void> {
    const order = { stayId: id, act: 'SIGN', body, side: body.side } as const;
    return this.steps.take(actor, order, async ({ tx, stay }) => {
      const agreement = (await latestAgreement(tx, id))!;
      if (agreement.hash !== body.hash)
        throw StayProblems.hashChanged('Read the agreement as it is now, and sign its hash.', {
          hash: agreement.hash,
        });
      if (!agreement.content.signers.includes(body.side))
        throw StayProblems.wrongSide('Whoever grants is a party already, and signs as that.');
      const isNew = await this.insertSignature(tx, { stay, agreement, side: body.side, by: actor.name });
      if (!isNew) return null;
      const signed = await signaturesOf(tx, agreement.id);
      if (signed.length < agreement.content.signers.length) return { to: 'SIGNING', reason: body.side };
      await sql(tx, `UPDATE stays.stays SET state = 'SIGNED' WHERE id = $1`, [id]);
      await this.openChecklist(tx, stay);
      return { to: 'SIGNED', reason: body.side };
    });
  }

  /** Committed in the call's budget once, when the first text is drafted. */
  private async planned(tx: Tx, stay: Stay): Promise<bigint> {
    if (stay.plannedMinor !== null) return BigInt(stay.plannedMinor);
    const { totalMinor } = await this.placements.grant(tx, stay, stay.days);
    return commit(tx, stay.callId, totalMinor);
  }

  private async insertSignature(
    tx: Tx,
    order: { readonly stay: Stay; agreement: Agreement; side: SigningSide; by: string },
  ): Promise<boolean> {
    const { stay, agreement, side, by } = order;
    const organisations = {
      PARTICIPANT: null,
      EMPLOYER: stay.employer.id,
      LEGAL_HOST: stay.legalHost!.id,
      GRANT_BODY: stay.grantBody.id,
    };
    const rows = await sql(
      tx,
      `INSERT INTO stays.signatures (agreement_id, side, network_id, hash, organisation_id, signed_by, method, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING side`,
      [
        agreement.id,
        side,
        stay.networkId,
        agreement.hash,
        organisations[side],
        by,
        METHOD,
        this.clock.now().toString(),
      ],
    );
    return rows.length === 1;
  }

  private async openChecklist(tx: Tx, stay: Stay): Promise<void> {
    const needed = documentsNeeded({
      status: stay.status,
      employerCountry: stay.employer.country,
      stayCountry: stay.stayPlace!.country,
    });
    for (const { kind, ground } of needed)
      await sql(
        tx,
        'INSERT INTO stays.documents (stay_id, network_id, kind, ground, created_at) VALUES ($1, $2, $3, $4, $5)',
        [stay.id, stay.networkId, kind, ground, this.clock.now().toString()],
      );
  }
}

export async function latestAgreement(on: Reader, stayId: string): Promise<Agreement | null> {
  const [row] = await sql<Agreement>(
    on,
    'SELECT id, number, hash, content FROM stays.agreements WHERE stay_id = $1 ORDER BY number DESC LIMIT 1',
    [stayId],
  );
  return row ?? null;
}

export function signaturesOf(
  on: Reader,
  agreementId: string,
): Promise<{ side: SigningSide; signedAt: string }[]> {
  return sql(
    on,
    `SELECT side, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "signedAt"
     FROM stays.signatures WHERE agreement_id = $1 ORDER BY created_at, side`,
    [agreementId],
  );
}

/** Whose names stand under the agreement. */
export function signerNames(content: AgreementContent): Readonly<Record<SigningSide, string>> {
  const { participant, employer, legalHost, grantBody } = content;
  return { PARTICIPANT: participant, EMPLOYER: employer, LEGAL_HOST: legalHost, GRANT_BODY: grantBody };
}

function contentOf(stay: Stay, body: PutStayAgreement, plannedMinor: bigint): AgreementContent {
  const { employer, grantBody } = stay;
  const [legalHost, place] = [stay.legalHost!, stay.stayPlace!];
  return {
    ...body,
    template: stay.legalBasis,
    source: rulesOf(stay.legalBasis, Temporal.PlainDate.from(stay.fromDay))!.source,
    direction: stay.direction,
    participant: stay.participantName,
    employer: employer.name,
    legalHost: legalHost.name,
    grantBody: grantBody.name,
    stayPlace: `${place.name}, ${place.city} (${place.country})`,
    tutor: stay.tutorName!,
    fromDay: stay.fromDay,
    untilDay: stay.untilDay,
    days: stay.days,
    grantMinor: Number(plannedMinor),
    unit: stay.unit,
    firstInstalmentPct: stay.firstInstalmentPct,
    signers: signersOf({ employerId: employer.id, legalHostId: legalHost.id, grantBodyId: grantBody.id }),
  };
}
