import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { AccessProblems, demand, Identity, may, type Actor } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { CharterProblems } from './charter.problems.js';
import {
  appealsOf,
  findMember,
  findMembers,
  lastAssessment,
  lookedAtBy,
  reviewsOf,
  signaturesOf,
  stepsOf,
  type Member,
} from './member.queries.js';
import { isMember, isStillGood, topicsAtZero } from './member.rules.js';
import type {
  MemberPage,
  MembersQuery,
  MemberView,
  PutApplication,
  PutMember,
  TOPICS,
} from './member.schema.js';
import { MemberSteps } from './member-steps.js';
import { findBelow } from './version.queries.js';

/** Peers look over the networks' borders; the roles below decide who sees what. */
const ANYWHERE = namedScope('identity');

/** Who is, or wants to be, under a charter. */
@Injectable()
export class Members {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly identity: Identity,
    private readonly steps: MemberSteps,
  ) {}

  async put(actor: Actor, id: string, body: PutMember): Promise<MemberView> {
    const wanted = await this.db.read(actor.scope, (on) => this.wanted(on, body));
    demand(actor, 'charter:write', wanted);
    const { networkId, organisationId } = wanted;
    const hash = requestHash(body);
    await this.db.tx(withNetworks(actor.scope, networkId), async (tx) => {
      try {
        await sql(
          tx,
          `INSERT INTO charter.members (id, kind, organisation_id, space_id, network_id, state, since, supported_by,
             created_by, request_hash, created_at)
           VALUES ($1, $2, $3, $4, $5, 'INTERESTED', $6, $7, $8, $9, $6) ON CONFLICT (id) DO NOTHING`,
          [
            id,
            body.kind,
            organisationId,
            body.kind === 'SPACE' ? body.spaceId : null,
            networkId,
            this.clock.now().toString(),
            await this.supportOf(tx, networkId),
            actor.name,
            hash,
          ],
        );
      } catch (error) {
        if (!violates(error, 'members_once')) throw error;
        throw CharterProblems.memberAlready('It has begun to join, or it is a member. Go on with that one.');
      }
      const [row] = await sql<{ hash: string }>(
        tx,
        'SELECT request_hash AS hash FROM charter.members WHERE id = $1',
        [id],
      );
      if (row?.hash !== hash) throw RequestProblems.idReused('This id is another member. Make a new id.');
    });
    return this.get(actor, id);
  }

  /** The paperwork comes first: without it nobody can be billed or paid. */
  async apply(actor: Actor, id: string, body: PutApplication): Promise<MemberView> {
    const member = await this.own(actor, id);
    await this.db.tx(withNetworks(actor.scope, member.networkId), async (tx) => {
      if (member.space && !(await this.directory.space(tx, member.space.id)).territoryCode)
        throw CharterProblems.territoryMissing(
          'Say in which territory the space lies: NUTS 3 or ISO 3166-2.',
        );
      const hash = requestHash(body);
      const inserted = await sql(
        tx,
        `INSERT INTO charter.applications (member_id, network_id, body, applied_by, request_hash, created_at)
         VALUES ($1, $2, $3::jsonb, $4, $5, $6) ON CONFLICT (member_id) DO NOTHING RETURNING member_id`,
        [id, member.networkId, JSON.stringify(body), actor.name, hash, this.clock.now().toString()],
      );
      if (inserted.length > 0)
        await this.steps.take(tx, member, { id: newId(), command: 'APPLY', by: actor.name });
      else if (!(await isSame(tx, id, hash)))
        throw CharterProblems.wrongState('It has applied already, with other words.', {
          state: member.state,
        });
    });
    return this.get(actor, id);
  }

  async get(actor: Actor, id: string): Promise<MemberView> {
    return this.db.read(ANYWHERE, async (on) => {
      const member = await memberOf(on, id);
      if (!this.reaches(actor, member) && !(await this.isPeer(on, actor, member))) throw notFound(id);
      return this.view(on, member);
    });
  }

  list(actor: Actor, query: MembersQuery): Promise<MemberPage> {
    return this.db.read(ANYWHERE, async (on) => {
      const found = await this.wantedBy(on, actor, query);
      const visible = query.reviewableBy ? found : found.filter((member) => this.reaches(actor, member));
      return {
        items: visible.map(
          ({ supportedBy: _s, provisionalAt: _p, confirmedAt: _c, country: _o, ...item }) => item,
        ),
        next: null,
      };
    });
  }

  /** For what a member does itself, by its own people: its network does not sign for it. */
  async own(actor: Actor, id: string): Promise<Member> {
    const member = await this.db.read(ANYWHERE, (on) => memberOf(on, id));
    if (!this.reaches(actor, member)) throw notFound(id);
    const organisationId = member.organisation.id;
    demandOwn(actor, organisationId);
    return member;
  }

  /** For what its network does with a member. */
  async governed(actor: Actor, id: string): Promise<Member> {
    const member = await this.db.read(ANYWHERE, (on) => memberOf(on, id));
    if (!this.reaches(actor, member)) throw notFound(id);
    demand(actor, 'networks:write', { organisationId: member.networkId, networkId: member.networkId });
    return member;
  }

  /** For a member space that looks at another one. */
  async reviewed(actor: Actor, id: string): Promise<Member> {
    return this.db.read(ANYWHERE, async (on) => {
      const member = await memberOf(on, id);
      if (!this.reaches(actor, member) && !(await this.isPeer(on, actor, member))) throw notFound(id);
      return member;
    });
  }

  private reaches(actor: Actor, { organisation, networkId }: Member): boolean {
    return (
      may(actor, 'charter:write', { organisationId: organisation.id }) ||
      may(actor, 'networks:write', { organisationId: networkId, networkId })
    );
  }

  /** Somebody who answers for a member under the same charter. */
  private async isPeer(on: Reader, actor: Actor, member: Member): Promise<boolean> {
    const version = await this.steps.current(on, member);
    if (!version) return false;
    const networkIds = await this.steps.networksUnder(on, version);
    const others = await findMembers(on, { networkIds, states: IN_FORCE });
    return others.some(({ organisation }) =>
      may(actor, 'charter:write', { organisationId: organisation.id }),
    );
  }

  private async wantedBy(on: Reader, actor: Actor, query: MembersQuery): Promise<Member[]> {
    const { networkId, spaceId, organisationId, reviewableBy } = query;
    if (networkId) return findMembers(on, { networkIds: await findBelow(on, networkId) });
    if (spaceId || organisationId) return findMembers(on, { spaceId, organisationId });
    const [reviewer] = await findMembers(on, { spaceId: reviewableBy, states: IN_FORCE });
    if (!reviewer || !this.reaches(actor, reviewer)) return [];
    const version = await this.steps.current(on, reviewer);
    if (!version) return [];
    const networkIds = await this.steps.networksUnder(on, version);
    const candidates = await findMembers(on, { networkIds, states: ['ASSESSED'] });
    const lookedAt = await lookedAtBy(on, reviewer.space!.id);
    return candidates.filter(
      ({ id, organisation }) => organisation.id !== reviewer.organisation.id && !lookedAt.has(id),
    );
  }

  private async wanted(on: Reader, body: PutMember): Promise<{ organisationId: string; networkId: string }> {
    if (body.kind === 'SPACE') {
      const { operatorId, networkId } = await this.directory.space(on, body.spaceId);
      return { organisationId: operatorId, networkId };
    }
    const { kind } = await this.identity.organisation(on, body.organisationId);
    if (kind !== 'institution')
      throw CharterProblems.institutionUnfit('An operator joins with each of its spaces: name the space.');
    await this.directory.networkChain(on, body.networkId); // or it is not there
    return body;
  }

  /** The network's own people: whoever begins is told who helps. */
  private async supportOf(on: Reader, networkId: string): Promise<string> {
    return (await this.identity.organisation(on, networkId)).name;
  }

  private async view(on: Reader, member: Member): Promise<MemberView> {
    const { provisionalAt: _p, confirmedAt: _c, country: _o, ...fields } = member;
    const [version, assessment, signatures] = [
      await this.steps.current(on, member),
      await lastAssessment(on, member.id),
      await signaturesOf(on, member.id),
    ];
    const isSigned = signatures.some(({ versionId }) => versionId === version?.id);
    return {
      ...fields,
      current: version && { versionId: version.id, number: version.number!, hasSigned: isSigned },
      assessment: assessment && {
        ...assessment,
        atZero: topicsAtZero(assessment.answers) as (typeof TOPICS)[number][],
        isStillGood: isStillGood(Temporal.Instant.from(assessment.at), this.clock.now()),
      },
      reviews: assessment
        ? (await reviewsOf(on, assessment.id)).map(({ operatorId: _operator, ...review }) => review)
        : [],
      signatures,
      steps: await stepsOf(on, member.id),
      appeals: (await appealsOf(on, member.id)).map(
        ({ hash: _hash, stepBy: _by, networkId: _network, ...appeal }) => appeal,
      ),
    };
  }
}

const IN_FORCE = (['PROVISIONAL', 'ACTIVE', 'RENEWAL_DUE'] as const).filter(isMember);

async function memberOf(on: Reader, id: string): Promise<Member> {
  const member = await findMember(on, id);
  if (!member) throw notFound(id);
  return member;
}

async function isSame(tx: Tx, memberId: string, hash: string): Promise<boolean> {
  const query = 'SELECT FROM charter.applications WHERE member_id = $1 AND request_hash = $2';
  return (await sql(tx, query, [memberId, hash])).length === 1;
}

/** A role in the organisation itself, not one that reaches it from above. */
export function demandOwn(actor: Actor, organisationId: string): void {
  const isOwn = actor.grants.some((grant) => grant.organisationId === organisationId);
  if (!isOwn) throw AccessProblems.denied('Only its own people do this, not its network.');
  demand(actor, 'charter:write', { organisationId });
}

function notFound(id: string) {
  return CharterProblems.memberNotFound(`There is no member ${id} of your organisations and networks.`);
}
