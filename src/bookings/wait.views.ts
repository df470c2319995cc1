import type { WaitView } from './wait.schema.js';
import type { InLine } from './waits.service.js';

export function waitView({ wait, space, position }: InLine): WaitView {
  return {
    id: wait.id,
    spaceId: wait.spaceId,
    spaceName: space.name,
    timeZone: space.timeZone,
    resourceKind: wait.resourceKind,
    poolId: wait.poolId,
    day: wait.day.toString(),
    part: wait.part,
    state: wait.state,
    stateAt: wait.stateAt.toString(),
    position,
    answerBy: wait.answerBy?.toString() ?? null,
    skippedBecause: wait.skippedBecause,
    bookingId: wait.bookingId,
    createdAt: wait.createdAt.toString(),
  };
}
