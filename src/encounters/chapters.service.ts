import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import { dayAt, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Reciprocity } from '../reciprocity/index.js';
import type { ChapterPage, ChapterView } from './together.schema.js';

type Row = Omit<ChapterView, 'rule'> & { readonly exampleSpaceId: string | null };

/** The tree of a network, and by which rule each chapter receives. The rules themselves are agreements. */
@Injectable()
export class Chapters {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly reciprocity: Reciprocity,
  ) {}

  list(actor: Actor, networkId: string): Promise<ChapterPage> {
    demand(actor, 'agreements:read', { networkId });
    return this.db.read(namedScope('clearing'), async (on) => {
      const rows = await sql<Row>(on, TREE, [networkId]);
      const day = dayAt(this.clock.now(), 'UTC');
      const items: ChapterView[] = [];
      for (const { exampleSpaceId, ...chapter } of rows)
        items.push({
          ...chapter,
          rule: exampleSpaceId ? await this.rule(on, chapter.id, { networkId, exampleSpaceId, day }) : null,
        });
      return { items, next: null };
    });
  }

  /** What a guest of the network at the top gets at a desk of the chapter: the nearest agreement decides. */
  private async rule(
    on: Reader,
    chapterId: string,
    { networkId, exampleSpaceId, day }: { networkId: string; exampleSpaceId: string; day: PlainDate },
  ): Promise<ChapterView['rule']> {
    const hostSpace = await this.directory.space(on, exampleSpaceId);
    const terms = await this.reciprocity.terms(on, {
      homeNetworkId: networkId,
      hostSpace,
      resourceKind: 'hot_desk',
      day,
    });
    if (!terms) return null;
    const [version] = await sql<{ name: string; sides: string[] }>(
      on,
      `SELECT name, ARRAY[home_network_id, host_network_id]::text[] AS sides
       FROM reciprocity.pub_agreement_versions WHERE version_id = $1`,
      [terms.versionId],
    );
    return {
      agreementId: terms.agreementId,
      agreement: version?.name ?? '',
      mode: terms.mode,
      freeHalfDays: terms.freeHalfDays,
      isInherited: !(version?.sides.includes(chapterId) ?? false),
    };
  }
}

const TREE = `
  WITH RECURSIVE tree AS (
    SELECT id, parent_id, name, country, ARRAY[name] AS path FROM identity.pub_networks WHERE id = $1
    UNION ALL
    SELECT network.id, network.parent_id, network.name, network.country, path || network.name
    FROM identity.pub_networks network JOIN tree ON network.parent_id = tree.id)
  SELECT tree.id, name, country, CASE WHEN tree.id = $1 THEN NULL ELSE parent_id END AS "parentId",
    (SELECT count(*)::int FROM directory.pub_spaces WHERE network_id = tree.id) AS spaces,
    (SELECT space.id FROM directory.pub_spaces space
      JOIN directory.pub_pools pool ON pool.space_id = space.id AND pool.resource_kind = 'hot_desk'
      WHERE space.network_id = tree.id ORDER BY space.id LIMIT 1) AS "exampleSpaceId"
  FROM tree ORDER BY path`;
