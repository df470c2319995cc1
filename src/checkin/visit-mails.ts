import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Identity } from '../identity/index.js';
import { decimalText } from '../kernel/money.js';
import { invariant } from '../kernel/problem.js';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { VisitCorrected, VisitOverstayed } from './checkin.events.js';
import { CORRECTION_TEXTS, OVERSTAY_TEXTS } from './mail-texts.js';
import { overstay } from './overstay.js';
import { findChange } from './visit-change.queries.js';
import { findVisit } from './visit.queries.js';

/** Tells guests what a manager changed about their visit. The scope `identity` is for their address. */
@Injectable()
export class VisitMails implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly identity: Identity,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'checkin.mail-corrected',
      VisitCorrected,
      (tx, { payload }) => this.write(tx, payload),
      'identity',
    );
    this.consumers.on(
      'checkin.mail-overstayed',
      VisitOverstayed,
      (tx, { payload }) => this.tellLate(tx, payload.visitId),
      'identity',
    );
  }

  private async tellLate(tx: Tx, visitId: string): Promise<void> {
    const visit = await findVisit(tx, visitId);
    const late = visit && overstay(visit);
    if (!late || !visit?.endsAt) return; // taken back since
    const { email, name, language } = await this.identity.person(tx, visit.personId);
    const until = visit.endsAt
      .toZonedDateTimeISO(visit.timeZone)
      .toPlainTime()
      .toString({ smallestUnit: 'minute' });
    const { unit } = late.amount;
    const price = `${decimalText(late.amount)} ${unit}`;
    const told = {
      name,
      space: visit.spaceName,
      day: visit.day.toString(),
      until,
      minutes: late.minutes,
      price,
    };
    const text = OVERSTAY_TEXTS[language](told);
    await this.mails.send(tx, { to: email, language, personId: visit.personId, ...text });
  }

  private async write(tx: Tx, { visitId, changeId }: { visitId: string; changeId: string }): Promise<void> {
    const visit = await findVisit(tx, visitId);
    const change = await findChange(tx, changeId);
    invariant(visit !== null && change !== null, 'a correction is written before it is told');
    const { email, name, language } = await this.identity.person(tx, visit.personId);
    const { outcome, reason } = change;
    invariant(outcome !== 'LEFT', 'only a door takes a coming back');
    const told = { name, space: visit.spaceName, day: visit.day.toString(), outcome, reason };
    await this.mails.send(tx, {
      to: email,
      language,
      personId: visit.personId,
      ...CORRECTION_TEXTS[language](told),
    });
  }
}
