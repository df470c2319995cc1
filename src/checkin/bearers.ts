import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import { readPassCode } from '../kernel/pass-code/esc1.js';
import { isTypedCode } from '../kernel/pass-code/typed-code.js';
import type { Instant, PlainDate } from '../kernel/time.js';
import { Passes, TypedCodes, type KnownCredential } from '../passes/index.js';
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
    private readonly typed: TypedCodes,
  ) {}

  /**
   * Whose code this claims to be, and the lists to judge it by. Nothing is believed yet, but of a code that was read
   * out: it says nothing unless it is proven.
   */
  async of(
    code: string,
    space: Space,
    { day, at }: { day: PlainDate; at: Instant },
  ): Promise<Carried | null> {
    if (isTypedCode(code)) {
      const shown = await this.typed.read(code, { spaceId: space.id, at });
      if (!shown) return null;
      const proof = { shownAt: shown.shownAt, space: shown.spaceTag, signature: new Uint8Array() };
      return this.carried(shown.cti, { space, day, proof, isTyped: true });
    }
    const parsed = readPassCode(code);
    if (typeof parsed === 'string') return null;
    const { credential, proof } = parsed;
    return this.carried(credential.credentialId, { space, day, proof, isTyped: false });
  }

  private async carried(
    credentialId: Uint8Array,
    { space, day, ...shown }: { space: Space; day: PlainDate } & Pick<Carried, 'proof' | 'isTyped'>,
  ): Promise<Carried | null> {
    const credential = await this.db.read(namedScope('identity'), (on) =>
      this.passes.credentialByCti(on, credentialId),
    );
    if (!credential) return null;
    const homeNetworkId = await this.homeNetwork(credential, day);
    const networks = [space.networkId, credential.networkId, homeNetworkId];
    return { credential, homeNetworkId, networks, cti: credentialId, ...shown };
  }

  private async homeNetwork({ personId, networkId }: KnownCredential, day: PlainDate): Promise<string> {
    const own: Scope = { networks: [], person: personId };
    const home = await this.db.read(own, (on) => this.directory.homeOf(on, personId, day));
    return home?.networkId ?? networkId;
  }
}
