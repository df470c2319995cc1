import { Injectable } from '@nestjs/common';
import { dayAt } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, type Reader } from '../platform/db.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import { findSpaces, type ListedSpace } from './directory.queries.js';
import type { SpaceListItem, SpacePage, SpacesQuery } from './directory.schema.js';
import { Directory } from './directory.service.js';
import { cursorText, readCursor } from './near.rules.js';
import { openDayView, spaceFields } from './space.views.js';

/** Looked at together, where not all will fit. */
const CANDIDATES = 50;
/** A list that finds too little after so many spaces goes on with the next page. */
const CANDIDATES_MAX = 500;

/** The spaces everybody may see. */
@Injectable()
export class PublicSpaces {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  /** Nearest first when a point is given, else in the order they were declared. */
  list(query: SpacesQuery): Promise<SpacePage> {
    return this.db.readBehind(PUBLIC_SCOPE, async (on) => {
      const fitting: ListedSpace[] = [];
      const batch = query.openOn ? Math.max(query.limit, CANDIDATES) : query.limit;
      let after = readCursor(query.after);
      for (let looked = 0; looked < CANDIDATES_MAX; looked += batch) {
        const found = await findSpaces(on, { ...query, limit: batch }, after);
        const candidates = found.slice(0, batch);
        const fit = await this.openOn(on, candidates, query.openOn);
        fitting.push(...fit.slice(0, query.limit - fitting.length));
        const isFull = fitting.length === query.limit;
        const last = isFull ? fitting.at(-1) : candidates.at(-1);
        const isEnd = found.length <= batch && last?.id === candidates.at(-1)?.id;
        if (isEnd || !last) return { items: await this.items(on, fitting), next: null };
        if (isFull) return { items: await this.items(on, fitting), next: cursorText(last) };
        after = { metres: last.metres ?? 0, id: last.id };
      }
      return { items: await this.items(on, fitting), next: cursorText(after) };
    });
  }

  private async openOn(
    on: Reader,
    spaces: readonly ListedSpace[],
    day: SpacesQuery['openOn'],
  ): Promise<readonly ListedSpace[]> {
    if (!day) return spaces;
    const days = await this.directory.openDayOfEach(
      on,
      spaces.map((space) => ({ space, day })),
    );
    return spaces.filter((_space, index) => days[index]!.intervals.length > 0);
  }

  private async items(on: Reader, spaces: readonly ListedSpace[]): Promise<SpaceListItem[]> {
    const now = this.clock.now();
    const days = await this.directory.openDayOfEach(
      on,
      spaces.map((space) => ({ space, day: dayAt(now, space.timeZone) })),
    );
    return spaces.map((space, index) => {
      const { intervals, closedBecause } = openDayView(days[index]!);
      return { ...spaceFields(space), today: { intervals, closedBecause } };
    });
  }
}
