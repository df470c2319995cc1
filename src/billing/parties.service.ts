import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Directory, partyAt, speaksFor } from '../directory/index.js';
import { AccessProblems, demand, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { DocumentProblems, LegalEntityProblems } from './billing.problems.js';
import { agreementById, agreementsOf, entitiesOf, entityById } from './parties.queries.js';
import type {
  LegalEntityPage,
  LegalEntityView,
  PutLegalEntity,
  PutSelfBilling,
  SelfBillingPage,
  SelfBillingView,
} from './party.schema.js';
import type { AcceptanceView } from './document.schema.js';

const CLEARING = namedScope('clearing');

/** How parties are named on documents, what they agreed to have issued in their name, and what they accepted of it. */
@Injectable()
export class BillingParties implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('billing.accept_tacitly', () => this.acceptTacitly());
  }

  putEntity(actor: Actor, id: string, body: PutLegalEntity): Promise<LegalEntityView> {
    const hash = requestHash(body);
    return this.db.tx(CLEARING, async (tx) => {
      const party = await this.ownParty(tx, actor, body.partyId);
      try {
        await insertEntity(tx, id, body, {
          networkId: party.networkId,
          by: actor.name,
          hash,
          now: this.now(),
        });
      } catch (error) {
        if (!violates(error, 'legal_entities_party_id_from_day_key')) throw error;
        throw LegalEntityProblems.dayTaken('Name another day: documents of that day have named it already.');
      }
      const stored = (await entityById(tx, id))!;
      if (stored.hash !== hash) throw reused();
      return stored.view;
    });
  }

  entities(actor: Actor, partyId: string): Promise<LegalEntityPage> {
    return this.db.read(CLEARING, async (on) => {
      await this.demandParty(on, actor, partyId);
      return { items: await entitiesOf(on, partyId), next: null };
    });
  }

  /** Signed by whoever speaks for the host: without it nothing is issued as self-billed. */
  signSelfBilling(actor: Actor, id: string, body: PutSelfBilling): Promise<SelfBillingView> {
    const hash = requestHash(body);
    return this.db.tx(CLEARING, async (tx) => {
      const party = await this.ownParty(tx, actor, body.partyId);
      await sql(
        tx,
        `INSERT INTO billing.self_billing_agreements (id, party_id, network_id, from_day, until_day, acceptance_days,
           signed_by, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
        [
          id,
          party.id,
          party.networkId,
          body.fromDay.toString(),
          body.untilDay.toString(),
          body.acceptanceDays,
          actor.name,
          hash,
          this.now(),
        ],
      );
      const stored = (await agreementById(tx, id))!;
      if (stored.hash !== hash) throw reused();
      return stored.view;
    });
  }

  agreements(actor: Actor, partyId: string): Promise<SelfBillingPage> {
    return this.db.read(CLEARING, async (on) => {
      await this.demandParty(on, actor, partyId);
      return { items: await agreementsOf(on, partyId), next: null };
    });
  }

  /** Again, it says when it was accepted. */
  accept(actor: Actor, documentId: string): Promise<AcceptanceView> {
    return this.db.tx(CLEARING, async (tx) => {
      const [document] = await sql<{ issuerId: string; selfBilled: boolean }>(
        tx,
        `SELECT issuer_party_id AS "issuerId", self_billed AS "selfBilled" FROM billing.documents WHERE id = $1`,
        [documentId],
      );
      if (!document) throw DocumentProblems.notFound('Check the id.');
      const party = await this.ownParty(tx, actor, document.issuerId);
      if (!document.selfBilled)
        throw DocumentProblems.notSelfBilled(
          'Only what others issue in your name waits for your acceptance.',
        );
      await sql(
        tx,
        `INSERT INTO billing.acceptances (document_id, party_id, network_id, kind, accepted_by, created_at)
         VALUES ($1, $2, $3, 'EXPLICIT', $4, $5) ON CONFLICT DO NOTHING`,
        [documentId, party.id, party.networkId, actor.name, this.now()],
      );
      return (await acceptanceOf(tx, documentId))!;
    });
  }

  /** Whoever says nothing in the days agreed has accepted. Gives how many. */
  private acceptTacitly(): Promise<number> {
    return this.db.tx(CLEARING, async (tx) => {
      const accepted = await sql(
        tx,
        `INSERT INTO billing.acceptances (document_id, party_id, network_id, kind, accepted_by, created_at)
         SELECT document.id, issuer_party_id, issuer_network_id, 'TACIT', 'system', $1::timestamptz
         FROM billing.documents document
         WHERE self_billed AND issued_at + make_interval(days => acceptance_days) <= $1::timestamptz
           AND NOT EXISTS (SELECT FROM billing.acceptances WHERE document_id = document.id)
         ON CONFLICT DO NOTHING RETURNING document_id`,
        [this.now()],
      );
      return accepted.length;
    });
  }

  private now(): string {
    return this.clock.now().toString();
  }

  private async ownParty(tx: Tx, actor: Actor, partyId: string) {
    const party = await this.directory.party(tx, partyId);
    if (!speaksFor(actor, await partyAt(tx, this.directory, party)))
      throw AccessProblems.denied('Whoever runs the space, or settles for the network, speaks for it here.');
    return party;
  }

  private async demandParty(on: Reader, actor: Actor, partyId: string): Promise<void> {
    const party = await this.directory.party(on, partyId);
    demand(actor, 'documents:read', await partyAt(on, this.directory, party));
  }
}

async function acceptanceOf(on: Reader, documentId: string): Promise<AcceptanceView | null> {
  const [found] = await sql<AcceptanceView>(
    on,
    `SELECT document_id AS "documentId", kind, accepted_by AS "acceptedBy",
       to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "acceptedAt"
     FROM billing.acceptances WHERE document_id = $1`,
    [documentId],
  );
  return found ?? null;
}

async function insertEntity(
  tx: Tx,
  id: string,
  body: PutLegalEntity,
  of: { networkId: string; by: string; hash: string; now: string },
): Promise<void> {
  const columns = {
    id,
    party_id: body.partyId,
    network_id: of.networkId,
    from_day: body.fromDay.toString(),
    legal_name: body.legalName,
    street: body.street,
    postcode: body.postcode,
    city: body.city,
    country: body.country,
    email: body.email,
    registration_number: body.registrationNumber,
    registration_scheme: body.registrationScheme,
    tax_number: body.taxNumber,
    endpoint: body.endpoint,
    endpoint_scheme: body.endpointScheme,
    buyer_reference: body.buyerReference,
    order_number: body.orderNumber,
    language: body.language,
    is_public_body: body.isPublicBody,
    declared_by: of.by,
    request_hash: of.hash,
    created_at: of.now,
  };
  const names = Object.keys(columns);
  await sql(
    tx,
    `INSERT INTO billing.legal_entities (${names.join(', ')})
     VALUES (${names.map((_, place) => `$${place + 1}`).join(', ')}) ON CONFLICT (id) DO NOTHING`,
    Object.values(columns),
  );
}

function reused() {
  return RequestProblems.idReused(
    'What was declared or signed is not edited: write a later one under a new id.',
  );
}
