import { hash, verify } from '@node-rs/argon2';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config.js';
import { newSecret } from './secrets.js';

const PASSES = 2;
const LANES = 1;

/** Argon2id, the library's default kind. Whether somebody has a password or not takes the same time to find out. */
@Injectable()
export class Passwords {
  private decoy: Promise<string> | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  hash(password: string): Promise<string> {
    const memoryCost = this.config.PASSWORD_MEMORY_KIB;
    return hash(normal(password), { memoryCost, timeCost: PASSES, parallelism: LANES });
  }

  async matches(stored: string | null, password: string): Promise<boolean> {
    this.decoy ??= this.hash(newSecret());
    const matches = await verify(stored ?? (await this.decoy), normal(password));
    return matches && stored !== null;
  }
}

/** The same characters typed on two keyboards are the same password. */
function normal(password: string): string {
  return password.normalize('NFKC');
}
