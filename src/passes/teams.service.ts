import { Injectable } from '@nestjs/common';
import { Identity, type Actor } from '../identity/index.js';
import { Ledger } from '../ledger/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { COPIED, mayRead, notFound } from './issuing.service.js';
import { revokePass } from './lifecycle.js';
import { PassProblems, TeamProblems } from './pass.problems.js';
import { findMembers, findPass, lockPass, passAccounts, type Pass } from './pass.queries.js';
import { stateAt, USABLE } from './pass.rules.js';
import { roleOf } from './pass.views.js';
import type { PutTeamMember, TeamMemberPage, TeamMemberView } from './team.schema.js';

/** An organisation's days, and who may draw from them. Its keeper is the person the team's pass was issued to. */
@Injectable()
export class Teams {
  constructor(
    private readonly db: Db,
    private readonly identity: Identity,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  async putMember(actor: Actor, id: string, body: PutTeamMember): Promise<TeamMemberView> {
    const team = await this.team(actor, body.passId);
    const personId = await this.db.read(namedScope('identity'), (on) =>
      this.identity.personIdByEmail(on, body.email),
    );
    if (!personId) {
      throw PassProblems.personUnknown(
        'Nobody has confirmed this address. Ask the person to register first.',
      );
    }
    const hash = requestHash(body);
    const member = await this.db.tx(withNetworks(actor.scope, team.networkId), async (tx) => {
      const locked = (await lockPass(tx, team.id)) ?? team;
      const known = await findPass(tx, id);
      if (known?.requestHash === hash) return known;
      if (known) throw idReused();
      if (!USABLE.includes(stateAt(locked, this.clock.now()))) {
        throw PassProblems.notUsable("The team's pass is over: ask for a new one.");
      }
      await this.insert(tx, { id, team: locked, personId, limit: body.limitHalfDays, hash });
      await this.ledger.open(tx, passAccounts(id).used, 'pass_used', 'HALF_DAY', 'no_overdraft');
      return (await findPass(tx, id))!;
    });
    return (await this.views([member]))[0]!;
  }

  async listMembers(actor: Actor, passId: string): Promise<TeamMemberPage> {
    const team = await this.team(actor, passId);
    const scope = withNetworks(actor.scope, team.networkId);
    const members = await this.db.read(scope, (on) => findMembers(on, team.id));
    const present = members.filter(({ state }) => state !== 'REVOKED');
    return { items: await this.views(present), next: null };
  }

  /** What they took stays taken; what they booked ahead is refused at the door. */
  async removeMember(actor: Actor, id: string): Promise<TeamMemberView> {
    const seen = await this.db.read(namedScope('identity'), (on) => findPass(on, id));
    if (!seen?.drawnFrom) throw notFound(id);
    const team = await this.team(actor, seen.drawnFrom);
    const member = await this.db.tx(withNetworks(actor.scope, team.networkId), async (tx) => {
      const by = { actor: actor.name, reason: 'left the team', now: this.clock.now() };
      await revokePass(tx, id, by);
      return (await findPass(tx, id))!;
    });
    return (await this.views([member]))[0]!;
  }

  private async team(actor: Actor, id: string): Promise<Pass> {
    const pass = await this.db.read(actor.scope, (on) => findPass(on, id));
    if (!pass || !mayRead(actor, pass)) throw notFound(id);
    if (roleOf(pass) === 'TEAM') return pass;
    throw TeamProblems.none('This pass is one person’s. A team needs a pass of a team product.');
  }

  private async insert(
    tx: Tx,
    of: { id: string; team: Pass; personId: string; limit: number | null; hash: string },
  ): Promise<void> {
    try {
      const rows = await sql(
        tx,
        `INSERT INTO passes.passes (id, network_id, product_id, person_id, product_name, price_minor, price_unit,
           network_ids, space_ids, resource_kinds, product_class, offline, ${COPIED}, valid_from, valid_until, periods,
           periods_closed, team_name, drawn_from, limit_half_days, state, request_hash, created_at)
         SELECT $2::uuid, network_id, product_id, $3::uuid, product_name, 0, price_unit, network_ids, space_ids,
                resource_kinds, product_class, offline, ${COPIED}, valid_from, valid_until, periods, periods_closed,
                team_name, id, $4::int, 'ISSUED', $5, $6::timestamptz
         FROM passes.passes WHERE id = $1::uuid ON CONFLICT (id) DO NOTHING RETURNING id`,
        [of.team.id, of.id, of.personId, of.limit, of.hash, this.clock.now().toString()],
      );
      if (rows.length === 0) throw idReused();
    } catch (error) {
      if (!violates(error, 'passes_one_membership')) throw error;
      throw TeamProblems.memberAlready(
        'This person is in the team. Remove them first to change their share.',
      );
    }
  }

  private views(members: readonly Pass[]): Promise<TeamMemberView[]> {
    return this.db.read(namedScope('identity'), async (on) => {
      const views: TeamMemberView[] = [];
      for (const member of members) {
        const { name, email } = await this.identity.person(on, member.personId);
        const { id, limitHalfDays, usedHalfDays, heldHalfDays } = member;
        const state = stateAt(member, this.clock.now());
        const count = { limitHalfDays, usedHalfDays, heldHalfDays };
        views.push({ id, passId: member.drawnFrom!, name, email, state, ...count });
      }
      return views;
    });
  }
}

function idReused() {
  return RequestProblems.idReused('This id stands for something else: make a new one.');
}
