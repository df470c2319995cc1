import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db.js';
import type { ProofKind } from './actor.js';
import { Authenticators } from './authenticators.service.js';
import { takeRecoveryCode } from './recovery-codes.service.js';
import { noteSignInAct } from './sign-in-acts.js';

const DIGITS = /^\d{6}$/;

/** What somebody types: six digits of their app, or one of the codes for the day it is lost. Each counts once. */
@Injectable()
export class Codes {
  constructor(private readonly authenticators: Authenticators) {}

  /** How it proves them; null when it does not. */
  async take(
    tx: Tx,
    { personId, device }: { readonly personId: string; readonly device: string },
    code: string,
  ): Promise<ProofKind | null> {
    if (DIGITS.test(code))
      return (await this.authenticators.takeOf(tx, personId, code)) ? 'AUTHENTICATOR' : null;
    if (!(await takeRecoveryCode(tx, personId, code))) return null;
    await noteSignInAct(tx, { name: `person:${personId}`, device }, personId, 'RECOVERY_CODE_USED');
    return 'RECOVERY_CODE';
  }
}
