import { Inject, Injectable, SetMetadata } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { demandPerson } from './access.js';
import type { Actor } from './actor.js';
import { factorsOf } from './factors.queries.js';
import { AccessProblems } from './identity.problems.js';
import { needsFactor, stepUpVerdict, type StepUpFor } from './step-up.rules.js';

export const STEP_UP_MARK = 'escale:step-up';

/** This route is for whoever proved a moment ago who they are: a key, a device or an old session does not do. */
export function StepUp(what: StepUpFor): MethodDecorator & ClassDecorator {
  return SetMetadata(STEP_UP_MARK, what);
}

@Injectable()
export class StepUps {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Asked by the guard, and only for the routes that say so: it reads what nobody else needs. */
  async demand(actor: Actor, what: StepUpFor): Promise<void> {
    const verdict = stepUpVerdict(await this.standing(actor), what);
    if (verdict === 'ADD_FACTOR') {
      throw AccessProblems.factorRequired(
        'Add a passkey or an authenticator app under "Sign-in and security", then try again.',
      );
    }
    if (verdict === 'PROVE') {
      throw AccessProblems.stepUpRequired(
        'Prove who you are with your passkey, your authenticator app or your password, then try again.',
      );
    }
  }

  /** Somebody who should have a passkey or an authenticator app, and has neither: asked for it after each sign-in. */
  async lacksFactor(actor: Actor): Promise<boolean> {
    if (!this.needs(actor)) return false;
    const { hasFactor } = await this.standing(actor);
    return !hasFactor;
  }

  private async standing(actor: Actor) {
    const personId = demandPerson(actor);
    const { hasFactor } = await this.db.read(namedScope('identity'), (on) => factorsOf(on, personId));
    return { proof: actor.session?.proof ?? null, hasFactor, needsFactor: this.needs(actor) };
  }

  /** A demo's people are everybody's: whoever gave one of them a passkey would lock the others out. */
  private needs({ grants }: Actor): boolean {
    return !this.config.DEMO && needsFactor(grants.filter((one) => !one.delegation).map((one) => one.role));
  }
}
