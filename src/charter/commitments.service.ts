import { Injectable } from '@nestjs/common';
import { Spaces } from '../directory/index.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import type { Actor } from '../identity/index.js';
import { offerOf } from './books.queries.js';
import type { CheckPage, CheckView, CommitmentCode } from './charter.schema.js';
import { commitmentsOf, type Seen } from './commitment.rules.js';
import { lastAssessment, type Member } from './member.queries.js';
import { isStillGood } from './member.rules.js';
import { MemberSteps } from './member-steps.js';
import { Members } from './members.service.js';

const CLEARING = namedScope('clearing');
const ANYWHERE = namedScope('identity');

/** What can be seen of a member's promises, in what it and others have told the service. */
@Injectable()
export class Commitments {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly spaces: Spaces,
    private readonly members: Members,
    private readonly steps: MemberSteps,
  ) {}

  async checks(actor: Actor, memberId: string): Promise<CheckPage> {
    const member = await this.members.reviewed(actor, memberId);
    const version = await this.db.read(ANYWHERE, (on) => this.steps.current(on, member));
    const codes = (version?.commitments ?? []).map(({ code }) => code);
    return { items: await this.seen(member, codes), next: null };
  }

  private async seen(member: Member, codes: readonly CommitmentCode[]): Promise<CheckView[]> {
    const assessment = await this.db.read(ANYWHERE, (on) => lastAssessment(on, member.id));
    const isAssessed =
      assessment !== null && isStillGood(Temporal.Instant.from(assessment.at), this.clock.now());
    const space = member.space && (await this.spaces.get(actorless, member.space.id).catch(() => null));
    const offer = space && (await this.db.read(CLEARING, (on) => offerOf(on, space.id)));
    const seen: Seen = {
      isAssessed,
      space: space && {
        profile: space.profile,
        completeness: space.completeness,
        hasHours: space.openingHours !== '',
        isPublic: space.visibility === 'public',
        ...offer!,
      },
    };
    return commitmentsOf(seen, codes);
  }
}

/** What everybody can read counts; what only insiders see does not. */
const actorless = null;
