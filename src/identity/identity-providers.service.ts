import { Inject, Injectable } from '@nestjs/common';
import { instantFromDate } from '../kernel/time.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { isPublicUrl } from '../platform/http/public-address.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { Sealing } from '../platform/sealing.js';
import type {
  IdentityProviderPage,
  IdentityProviderView,
  PutIdentityProvider,
} from './identity-provider.schema.js';
import { IdentityProviderProblems } from './identity.problems.js';
import { Organisations } from './organisations.service.js';

const IDENTITY = namedScope('identity');
export const CALLBACK = '/v1/institution-sign-ins/callback';

export type Provider = Omit<IdentityProviderView, 'callback' | 'endedAt'> & {
  readonly sealedSecret: Buffer;
  readonly requestHash: string;
  readonly endedAt: Date | null;
};

/** Set up by the platform's operator alone: whoever names a domain can sign its people in. */
@Injectable()
export class IdentityProviders {
  constructor(
    private readonly db: Db,
    private readonly sealing: Sealing,
    private readonly organisations: Organisations,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async put(id: string, body: PutIdentityProvider, origin: string): Promise<IdentityProviderView> {
    const organisation = await this.organisations.get(body.organisationId);
    if (organisation.kind !== 'institution')
      throw IdentityProviderProblems.unfit('Only people of an institution sign in by its account.');
    if (!this.config.ISSUERS_TO_PRIVATE && !isPublicUrl(body.issuer))
      throw IdentityProviderProblems.unfit(
        'Give an https address on its usual port, without a password in it.',
      );
    return this.db.tx(IDENTITY, async (tx) => {
      const { secret, ...open } = body;
      const hash = requestHash(open); // without the secret: a plain hash would give it away
      await this.insert(tx, id, body, hash);
      const stored = await providerById(tx, id);
      const isSame =
        stored?.requestHash === hash && this.sealing.open(stored.sealedSecret).toString() === secret;
      if (!isSame) throw RequestProblems.idReused('Use a new id for another provider.');
      return view(stored, origin);
    });
  }

  list(organisationId: string, origin: string): Promise<IdentityProviderPage> {
    return this.db.read(IDENTITY, async (on) => {
      const rows = await sql<Provider>(on, `${SELECT} WHERE organisation_id = $1 ORDER BY id`, [
        organisationId,
      ]);
      return { items: rows.map((row) => view(row, origin)), next: null };
    });
  }

  /** Its people keep their accounts, and sign in otherwise. */
  end(id: string, origin: string): Promise<IdentityProviderView> {
    return this.db.tx(IDENTITY, async (tx) => {
      await sql(tx, 'DELETE FROM identity.provider_domains WHERE provider_id = $1', [id]);
      await sql(
        tx,
        'UPDATE identity.identity_providers SET ended_at = now() WHERE id = $1 AND ended_at IS NULL',
        [id],
      );
      const stored = await providerById(tx, id);
      if (!stored) throw IdentityProviderProblems.notFound('The ones there are are listed by institution.');
      return view(stored, origin);
    });
  }

  private async insert(tx: Tx, id: string, body: PutIdentityProvider, hash: string): Promise<void> {
    const inserted = await sql(
      tx,
      `INSERT INTO identity.identity_providers (id, organisation_id, issuer, client, sealed_secret, domains, role,
         mapping, request_hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        id,
        body.organisationId,
        body.issuer,
        body.client,
        this.sealing.seal(Buffer.from(body.secret)),
        body.domains,
        body.role,
        JSON.stringify(body.mapping),
        hash,
      ],
    );
    if (inserted.length === 0) return;
    try {
      await sql(
        tx,
        'INSERT INTO identity.provider_domains (domain, provider_id) SELECT DISTINCT unnest($1::text[]), $2::uuid',
        [body.domains, id],
      );
    } catch (error) {
      if (!violates(error, 'provider_domains_pkey')) throw error;
      throw IdentityProviderProblems.domainTaken(
        'A domain belongs to one institution. End the other one first.',
      );
    }
  }
}

export async function providerById(on: Reader, id: string): Promise<Provider | undefined> {
  const [row] = await sql<Provider>(on, `${SELECT} WHERE id = $1`, [id]);
  return row;
}

export async function providerOfDomain(
  on: Reader,
  domain: string | null,
): Promise<(Provider & { name: string }) | undefined> {
  const [row] = await sql<Provider & { name: string }>(
    on,
    `SELECT provider.*, organisation.name
     FROM (${SELECT}) provider JOIN identity.provider_domains owned ON owned.provider_id = provider.id
     JOIN identity.organisations organisation ON organisation.id = provider."organisationId"
     WHERE owned.domain = $1`,
    [domain],
  );
  return row;
}

const SELECT = `
  SELECT id, organisation_id AS "organisationId", issuer, client, sealed_secret AS "sealedSecret", domains, role, mapping,
    request_hash AS "requestHash", ended_at AS "endedAt"
  FROM identity.identity_providers`;

function view(
  { sealedSecret: _sealed, requestHash: _hash, endedAt, ...row }: Provider,
  origin: string,
): IdentityProviderView {
  return {
    ...row,
    callback: `${origin}${CALLBACK}`,
    endedAt: endedAt && instantFromDate(endedAt).toString(),
  };
}
