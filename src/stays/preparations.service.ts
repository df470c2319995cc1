import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { sql } from '../platform/db.js';
import { firstInstalment } from './grant.rules.js';
import { Instalments } from './instalments.service.js';
import { StayProblems } from './stay.problems.js';
import type { PutStayDocument } from './stay.schema.js';
import { StaySteps } from './stay-steps.js';
import type { DocumentKind } from './stay.words.schema.js';

/** What has to be there before somebody leaves; then the first part of the grant is due. */
@Injectable()
export class Preparations {
  constructor(
    private readonly clock: Clock,
    private readonly steps: StaySteps,
    private readonly instalments: Instalments,
  ) {}

  settleDocument(actor: Actor, id: string, kind: DocumentKind, body: PutStayDocument): Promise<void> {
    const order = { stayId: id, act: 'SETTLE_DOCUMENT', body: { kind, ...body } } as const;
    return this.steps.take(actor, order, async ({ tx, stay }) => {
      const shown = 'waiver' in body ? null : body;
      if (shown && (shown.validFrom > stay.fromDay || shown.validUntil < stay.untilDay))
        throw StayProblems.documentTooShort(`It has to hold from ${stay.fromDay} until ${stay.untilDay}.`);
      const settled = await sql(
        tx,
        `UPDATE stays.documents SET reference = $3, issuer = $4, valid_from = $5, valid_until = $6, waiver = $7,
           settled_by = $8, settled_at = $9 WHERE stay_id = $1 AND kind = $2 RETURNING kind`,
        [
          id,
          kind,
          shown?.reference ?? null,
          shown?.issuer ?? null,
          shown?.validFrom ?? null,
          shown?.validUntil ?? null,
          'waiver' in body ? body.waiver : null,
          actor.name,
          this.clock.now().toString(),
        ],
      );
      if (settled.length === 0)
        throw StayProblems.documentUnknown('The checklist of this stay asks for no such document.');
      return { to: 'SIGNED', reason: 'waiver' in body ? `${kind}: ${body.waiver}` : kind };
    });
  }

  makeReady(actor: Actor, id: string): Promise<void> {
    return this.steps.take(actor, { stayId: id, act: 'MAKE_READY', body: { id } }, async ({ tx, stay }) => {
      const open = await sql<{ kind: DocumentKind }>(
        tx,
        'SELECT kind FROM stays.documents WHERE stay_id = $1 AND settled_at IS NULL ORDER BY kind',
        [id],
      );
      if (open.length > 0)
        throw StayProblems.checklistOpen('Show each document, or waive it with a reason.', {
          missing: open.map(({ kind }) => kind),
        });
      await sql(tx, `UPDATE stays.stays SET state = 'READY' WHERE id = $1`, [id]);
      const minor = firstInstalment(BigInt(stay.plannedMinor!), stay.firstInstalmentPct);
      await this.instalments.add(tx, stay, { kind: 'FIRST', minor, actor: actor.name });
      return { to: 'READY' };
    });
  }
}
