import { Injectable } from '@nestjs/common';
import { Directory, partyAt, speaksFor } from '../directory/index.js';
import { AccessProblems, demand, may, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { UNION } from './rates.data.js';
import { decideVat } from './vat.rules.js';
import { VatNumberProblems, VatStatusProblems, VoucherProblems } from './vat.problems.js';
import { redeemedMinor, statusById, statusesOf, vatEvents, voucherOf } from './vat.queries.js';
import type {
  PutVatStatus,
  VatAnswer,
  VatEventPage,
  VatEventQuery,
  VatNumberView,
  VatQuestion,
  VatStatusPage,
  VatStatusView,
  VoucherView,
} from './vat.schema.js';
import { checkVatNumber } from './vat-number.rules.js';
import { Vat } from './vat.service.js';

const CLEARING = namedScope('clearing');
const PAGE_SIZE = 100;

/** What parties declare about themselves, and what was decided from it, for reading. */
@Injectable()
export class VatStatuses {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly vat: Vat,
  ) {}

  async put(actor: Actor, id: string, body: PutVatStatus): Promise<VatStatusView> {
    const hash = requestHash(body);
    return this.db.tx(CLEARING, async (tx) => {
      const party = await this.directory.party(tx, body.partyId);
      if (!speaksFor(actor, await partyAt(tx, this.directory, party)))
        throw AccessProblems.denied('Whoever runs the space, or settles for the network, declares its VAT.');
      const vatNumber = body.vatNumber === null ? null : normalNumber(body.vatNumber);
      refuseContradiction(body, party.country);
      try {
        await sql(
          tx,
          `INSERT INTO vat.statuses (id, party_id, network_id, from_day, status, vat_number, ex_number, declared_by,
             request_hash, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
          [
            id,
            party.id,
            party.networkId,
            body.fromDay.toString(),
            body.status,
            vatNumber,
            body.exNumber,
            actor.name,
            hash,
            this.clock.now().toString(),
          ],
        );
      } catch (error) {
        if (!violates(error, 'statuses_party_id_from_day_key')) throw error;
        throw VatStatusProblems.dayTaken('Name another day: what was declared is kept as it was.');
      }
      const { requestHash: stored, ...view } = (await statusById(tx, id))!;
      if (stored !== hash)
        throw RequestProblems.idReused('A declaration is not edited: write a later one under a new id.');
      return view;
    });
  }

  list(actor: Actor, partyId: string): Promise<VatStatusPage> {
    return this.db.read(CLEARING, async (on) => {
      const party = await this.directory.party(on, partyId);
      demand(actor, 'documents:read', await partyAt(on, this.directory, party));
      return { items: await statusesOf(on, partyId), next: null };
    });
  }

  /** As it would be decided on that day, for whoever is asked "why". */
  answer(actor: Actor, question: VatQuestion): Promise<VatAnswer> {
    return this.db.read(CLEARING, async (on) => {
      const party = await this.directory.party(on, question.supplierId);
      demand(actor, 'documents:read', await partyAt(on, this.directory, party));
      const inputs = {
        day: question.day,
        supplier: await this.vat.supplier(on, party.id, question.day),
        customer: { kind: question.customerKind, country: question.customerCountry },
        resourceKind: question.resourceKind,
      };
      const decision = decideVat(inputs);
      return { inputs, decision: { ...decision, why: [...decision.why] } };
    });
  }

  number(text: string): VatNumberView {
    const verdict = checkVatNumber(text);
    return verdict.ok
      ? {
          number: verdict.number,
          valid: true,
          country: verdict.country,
          checked: verdict.check,
          reason: null,
        }
      : { number: text, valid: false, country: null, checked: null, reason: verdict.reason };
  }

  events(actor: Actor, { networkId, after }: VatEventQuery): Promise<VatEventPage> {
    demand(actor, 'windows:read', { networkId, organisationId: networkId });
    return this.db.read(CLEARING, async (on) => {
      const items = await vatEvents(on, { networkId, after: after ?? null, limit: PAGE_SIZE });
      return { items, next: items.length === PAGE_SIZE ? items.at(-1)!.id : null };
    });
  }

  voucher(actor: Actor, passId: string): Promise<VoucherView> {
    return this.db.read(CLEARING, async (on) => {
      const voucher = await voucherOf(on, passId);
      if (
        !voucher ||
        !(voucher.personId === actor.personId || may(actor, 'windows:read', { networkId: voucher.networkId }))
      )
        throw VoucherProblems.notFound(`There is no pass ${passId} in your reach.`);
      const { decision, priceUnit: unit, priceMinor } = voucher;
      const left =
        voucher.character === 'MULTI_PURPOSE' ? priceMinor - (await redeemedMinor(on, passId)) : 0n;
      return {
        passId,
        character: voucher.character,
        ref: decision.ref,
        treatments: [...decision.treatments],
        price: { unit, minor: Number(priceMinor) },
        halfDays: voucher.halfDays,
        redeemedHalfDays: Math.min(voucher.redeemedHalfDays, voucher.halfDays),
        liability: { unit, minor: Number(left) },
        decidedAt: voucher.decidedAt,
      };
    });
  }
}

/** As it is written on documents: capitals, without spaces. */
function normalNumber(text: string): string {
  const verdict = checkVatNumber(text);
  if (verdict.ok) return verdict.number;
  if (verdict.reason === 'CHECK_DIGITS')
    throw VatNumberProblems.checkFailed(
      `${text} cannot be right: one of its digits is another. Copy it again.`,
    );
  throw VatNumberProblems.malformed(
    `${text} does not look like a VAT number. Write the country first, as in FR83404833048.`,
  );
}

function refuseContradiction({ status, exNumber }: PutVatStatus, country: string): void {
  if ((status === 'SME_CROSS_BORDER') !== (exNumber !== null))
    throw VatStatusProblems.contradictory(
      'A small enterprise that is exempt across borders, and no other, has a number that ends in EX.',
    );
  if (exNumber !== null && !/^[A-Z]{2}.+EX$/.test(exNumber))
    throw VatStatusProblems.contradictory(`${exNumber} does not end in EX.`);
  if (status === 'NON_EU' && UNION.has(country))
    throw VatStatusProblems.contradictory(`${country} is in the Union. Choose how it is taxed there.`);
}
