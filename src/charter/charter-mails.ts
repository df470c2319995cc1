import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Identity } from '../identity/index.js';
import { invariant } from '../kernel/problem.js';
import type { Language } from '../kernel/wire.js';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { AppealAnswered, CharterPublished, MemberMoved } from './charter.events.js';
import { CHARTER_TEXTS, type Text, type Texts } from './charter-mail-texts.js';
import { findAppeal, findMember, findMembers, findStep, type Member } from './member.queries.js';
import { MemberSteps } from './member-steps.js';
import { findVersion } from './version.queries.js';

/** The notice of a new version, statements of reasons and answers to appeals, to those who sign for a member. */
@Injectable()
export class CharterMails implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly identity: Identity,
    private readonly mails: Mails,
    private readonly steps: MemberSteps,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'charter.mail-published',
      CharterPublished,
      (tx, { payload }) => this.published(tx, payload.versionId),
      'identity',
    );
    this.consumers.on(
      'charter.mail-moved',
      MemberMoved,
      (tx, { payload }) => this.moved(tx, payload.stepId),
      'identity',
    );
    this.consumers.on(
      'charter.mail-appeal-answered',
      AppealAnswered,
      (tx, { payload }) => this.answered(tx, payload.appealId),
      'identity',
    );
  }

  private async published(tx: Tx, versionId: string): Promise<void> {
    const version = await findVersion(tx, versionId);
    invariant(version?.renewBy != null, 'a version is published before it is told');
    const networkIds = await this.steps.networksUnder(tx, version);
    for (const member of await findMembers(tx, { networkIds, states: ['RENEWAL_DUE'] }))
      await this.tell(tx, member, (texts, language) =>
        texts.published({ title: version.texts[language].title, day: version.renewBy! }),
      );
  }

  private async moved(tx: Tx, stepId: string): Promise<void> {
    const step = await findStep(tx, stepId);
    invariant(step !== null, 'a step is taken before it is told');
    const { to, ground, reasons, untilDay: day } = step;
    if (to !== 'CHARTER_LAPSED' && to !== 'SUSPENDED' && to !== 'TERMINATING') return;
    const member = await findMember(tx, step.memberId);
    await this.tell(tx, member!, (texts) => texts.stopped({ state: to, ground, reasons, day }));
  }

  private async answered(tx: Tx, appealId: string): Promise<void> {
    const appeal = await findAppeal(tx, appealId);
    invariant(appeal?.outcome != null, 'an appeal is answered before it is told');
    const member = await findMember(tx, appeal.memberId);
    const told = { outcome: appeal.outcome, statement: appeal.statement! };
    await this.tell(tx, member!, (texts) => texts.answered(told));
  }

  private async tell(tx: Tx, member: Member, say: (texts: Texts, language: Language) => Text): Promise<void> {
    const name = member.space?.name ?? member.organisation.name;
    for (const { id, email, language } of await this.identity.signatoriesOf(tx, member.organisation.id)) {
      const { subject, text } = say(CHARTER_TEXTS[language], language);
      await this.mails.send(tx, { to: email, language, personId: id, subject: `${name}: ${subject}`, text });
    }
  }
}
