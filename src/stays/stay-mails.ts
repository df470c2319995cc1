import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Identity } from '../identity/index.js';
import { invariant } from '../kernel/problem.js';
import { Db, type Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { namedScope } from '../platform/scope.js';
import { stayMail } from './stay-mail-texts.js';
import { moveOf, stayById, type Stay } from './stay.queries.js';
import { NEXT } from './stay.rules.js';
import { StayMoved } from './stays.events.js';
import type { Side, StayState } from './stay.words.schema.js';

const STAYS = namedScope('stays');

/** Who reads of a stay that has come there. Networks have their desk for it; a draft is its author's alone. */
const TOLD: Readonly<Partial<Record<StayState, readonly Side[]>>> = {
  EMPLOYER_REVIEW: ['EMPLOYER'],
  REFUSED: ['PARTICIPANT'],
  DEFERRED: ['PARTICIPANT'],
  MATCHING: ['PARTICIPANT'],
  MATCHED: ['PARTICIPANT', 'HOST'],
  AGREEMENT_DRAFT: ['PARTICIPANT', 'HOST'],
  SIGNING: ['PARTICIPANT', 'EMPLOYER', 'LEGAL_HOST', 'GRANT_BODY'],
  SIGNED: ['PARTICIPANT', 'EMPLOYER', 'HOST'],
  READY: ['PARTICIPANT', 'HOST'],
  AWAITING_REPORTS: ['PARTICIPANT', 'HOST'],
  OVERDUE: ['PARTICIPANT', 'HOST'],
  CLOSED: ['PARTICIPANT', 'HOST'],
  CANCELED: ['PARTICIPANT', 'EMPLOYER', 'HOST'],
};

type Person = Awaited<ReturnType<Identity['person']>>;

/** Application, answers, agreement, statements that are due: whoever is concerned is told, whose turn it is besides. */
@Injectable()
export class StayMails implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly consumers: Consumers,
    private readonly identity: Identity,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'stays.mail-moved',
      StayMoved,
      (tx, { payload }) => this.moved(tx, payload.stayId, payload.moveId),
      'identity',
    );
  }

  private async moved(tx: Tx, stayId: string, moveId: string): Promise<void> {
    const [stay, move] = await this.db.read(
      STAYS,
      async (on) => [await stayById(on, stayId), await moveOf(on, moveId)] as const,
    );
    invariant(stay !== null && move !== null, 'a step is written before it is told');
    const { from, to: state, reason, movedBy } = move;
    if (from === state) return;
    const told = new Set([movedBy]);
    for (const side of TOLD[state] ?? [])
      for (const person of await this.peopleOf(tx, stay, side)) {
        if (told.has(`person:${person.id}`)) continue;
        told.add(`person:${person.id}`);
        const isTurn = NEXT[state]?.by.includes(side) ?? false;
        const { email: to, language, id: personId } = person;
        const words = stayMail(language, { stay, state, reason, isTurn });
        await this.mails.send(tx, { to, language, personId, ...words });
      }
  }

  private async peopleOf(tx: Tx, stay: Stay, side: Side): Promise<Person[]> {
    if (side === 'PARTICIPANT') return [await this.identity.person(tx, stay.personId)];
    const organisationIds = {
      EMPLOYER: [stay.employer.id],
      HOST: [stay.hostOperatorId, stay.legalHost?.id],
      LEGAL_HOST: [stay.legalHost?.id],
      GRANT_BODY: [stay.grantBody.id],
      COORDINATOR: [],
    }[side];
    const people = [];
    for (const id of organisationIds) if (id) people.push(...(await this.identity.signatoriesOf(tx, id)));
    return people;
  }
}
