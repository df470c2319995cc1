import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, demandPerson, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { Sealing } from '../platform/sealing.js';
import { FACTORS_VERSION } from './factors.js';
import { footprint } from './footprint.rules.js';
import { DECLARABLE } from './indicators.js';
import { DeclarationProblems, ExitSurveyProblems } from './observatory.problems.js';
import type { DeclarationView, ExitSurveyView, PutDeclaration, PutExitSurvey } from './survey.schema.js';

const ASKING = namedScope('sweep');
const OBSERVING = namedScope('clearing');
const CONSENT = 'exit-survey/1';

/** What guests say when they leave, and what spaces declare. */
@Injectable()
export class Surveys {
  private readonly secret: Buffer;

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    sealing: Sealing,
  ) {
    this.secret = sealing.seedFor('observatory exit answers');
  }

  /** Once for each visit that is over. It is kept under keys that only the service can make. */
  async answer(actor: Actor, id: string, body: PutExitSurvey): Promise<ExitSurveyView> {
    const personId = demandPerson(actor);
    if (!body.consents) throw ExitSurveyProblems.consentNeeded('Say yes to keeping it, or leave it.');
    const visit = await this.db.read(ASKING, (on) => visitOf(on, body.bookingId, personId));
    if (!visit) throw ExitSurveyProblems.visitNotFound('Check the booking; you have made no such visit.');
    if (!['COMPLETED', 'SEALED'].includes(visit.state))
      throw ExitSurveyProblems.notCheckedOut('Answer when you have checked out.');
    const answer = { ...body, id, hash: this.key(`${personId} ${requestHash(body)}`) };
    try {
      await this.db.tx(ASKING, async (tx) => {
        const [kept] = await sql<{ requestHash: string }>(
          tx,
          'SELECT request_hash AS "requestHash" FROM observatory.exit_answers WHERE id = $1',
          [id],
        );
        if (kept && kept.requestHash !== answer.hash)
          throw RequestProblems.idReused('This id stands for another answer: make a new id.');
        if (!kept) await sql(tx, INSERT_ANSWER, this.values(answer, visit, personId));
      });
    } catch (error) {
      if (violates(error, 'exit_answers_once'))
        throw ExitSurveyProblems.answered('One answer for each visit; yours is kept.');
      throw error;
    }
    return {
      accepted: true,
      ...footprint({
        wouldHaveGoneToOffice: body.counterfactual === 'OFFICE',
        country: visit.country,
        office: body.office,
        space: body.space,
        trip: body.trip,
      }),
      factorsVersion: FACTORS_VERSION,
    };
  }

  private values(
    answer: PutExitSurvey & { id: string; hash: string },
    visit: Visit,
    personId: string,
  ): unknown[] {
    const { spent, office, space, trip } = answer;
    return [
      answer.id,
      this.key(`visit ${visit.visitId}`),
      this.key(`person ${personId} ${visit.quarter}`),
      visit.networkId,
      visit.spaceId,
      visit.month,
      CONSENT,
      answer.counterfactual,
      answer.ownWords,
      answer.metSomeone,
      answer.firstTime,
      spent?.minor ?? null,
      spent?.unit ?? null,
      ...[office, space, trip].flatMap((way) => [way?.km ?? null, way?.mode ?? null]),
      answer.hash,
      this.clock.now().toString(),
    ];
  }

  private key(of: string): string {
    return createHmac('sha256', this.secret).update(of).digest('base64url');
  }

  /** A later declaration takes the place of an earlier one; both stay. */
  async declare(actor: Actor, id: string, body: PutDeclaration): Promise<DeclarationView> {
    const hash = requestHash(body);
    return this.db.tx(OBSERVING, async (tx) => {
      const space = await this.directory.space(tx, body.spaceId);
      demand(actor, 'spaces:write', { organisationId: space.operatorId, networkId: space.networkId });
      const unit = DECLARABLE[body.indicator]?.[body.measure];
      if (!unit)
        throw DeclarationProblems.notDeclarable('Choose an indicator and a measure that spaces declare.', {
          declarable: DECLARABLE,
        });
      await sql(
        tx,
        `INSERT INTO observatory.declarations (id, network_id, space_id, indicator, measure, quarter, value, unit, source,
           declared_by, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (id) DO NOTHING`,
        [
          id,
          space.networkId,
          space.id,
          body.indicator,
          body.measure,
          body.quarter,
          body.value,
          unit === 'money' ? space.unit : unit,
          body.source,
          actor.name,
          hash,
          this.clock.now().toString(),
        ],
      );
      const [kept] = await sql<DeclarationView & { requestHash: string }>(
        tx,
        `SELECT id, space_id AS "spaceId", quarter, indicator, measure, value::float8 AS value, unit, source,
           request_hash AS "requestHash" FROM observatory.declarations WHERE id = $1`,
        [id],
      );
      const { requestHash: keptHash, ...view } = kept!;
      if (keptHash !== hash)
        throw RequestProblems.idReused('This id stands for another declaration: make a new id.');
      return view;
    });
  }
}

type Visit = {
  visitId: string;
  state: string;
  spaceId: string;
  networkId: string;
  country: string;
  month: string;
  quarter: string;
};

async function visitOf(on: Reader, bookingId: string, personId: string): Promise<Visit | undefined> {
  const [visit] = await sql<Visit>(
    on,
    `SELECT guest.visit_id AS "visitId", guest.state, guest.space_id AS "spaceId",
       guest.host_network_id AS "networkId", space.country, date_trunc('month', guest.day)::date::text AS month,
       to_char(guest.day, 'YYYY"-Q"Q') AS quarter
     FROM checkin.pub_visit_guests guest JOIN directory.pub_spaces space ON space.id = guest.space_id
     WHERE guest.booking_id = $1 AND guest.person_id = $2`,
    [bookingId, personId],
  );
  return visit;
}

const INSERT_ANSWER = `INSERT INTO observatory.exit_answers (id, visit_key, person_key, network_id, host_space_id, month,
    consent, counterfactual, own_words, met_someone, first_time, spent_minor, spent_unit, office_km, office_mode,
    space_km, space_mode, trip_km, trip_mode, request_hash, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    date_trunc('day', $21::timestamptz, 'UTC'))`;
