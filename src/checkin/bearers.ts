import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import { readPassCode } from '../kernel/pass-code/esc1.js';
import type { PlainDate } from '../kernel/time.js';
import { Passes, type KnownCredential } from '../passes/index.js';
import { Db } from '../platform/db.js';
import { namedScope, type Scope } from '../platform/scope.js';
import type { Carried } from './admission.js';

/** Whose code it claims to be. */
@Injectable()
export class Bearers {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly passes: Passes,
  ) {}

  /** Whose code this claims to be, and the lists to judge it by. Nothing is believed yet. */
  async of(code: string, space: Space, day: PlainDate): Promise<Carried | null> {
    const parsed = readPassCode(code);
    if (typeof parsed === 'string') return null;
    const { credentialId } = parsed.credential;
    const credential = await this.db.read(namedScope('identity'), (on) =>
      this.passes.credentialByCti(on, credentialId),
    );
    if (!credential) return null;
    const homeNetworkId = await this.homeNetwork(credential, day);
    const networks = [space.networkId, credential.networkId, homeNetworkId];
    return { credential, homeNetworkId, networks, cti: credentialId, proof: parsed.proof };
  }

  private async homeNetwork({ personId, networkId }: KnownCredential, day: PlainDate): Promise<string> {
    const own: Scope = { networks: [], person: personId };
    const home = await this.db.read(own, (on) => this.directory.homeOf(on, personId, day));
    return home?.networkId ?? networkId;
  }
}
