import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import { dayAt } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { PUBLIC_SCOPE, withNetworks, type Scope } from '../platform/scope.js';
import { CharterPublished } from './charter.events.js';
import { CharterProblems } from './charter.problems.js';
import type {
  CharterDiffView,
  CharterVersionPage,
  CharterVersionView,
  CommentPage,
  CommentView,
  DiffQuery,
  PutCharterVersion,
  PutComment,
  PutPublication,
} from './charter.schema.js';
import { isNoticeLong, RENEWAL_NOTICE_DAYS } from './member.rules.js';
import { MemberSteps } from './member-steps.js';
import { renewMembers } from './member-writes.js';
import { blocksBetween } from './version-diff.js';
import { findVersion, findVersions, MOMENT, type Version } from './version.queries.js';

/** Charters in versions: drafted, commented, published once for all. */
@Injectable()
export class Versions {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly steps: MemberSteps,
    private readonly outbox: Outbox,
  ) {}

  /** A draft is rewritten by whoever may; a published version never. */
  async put(actor: Actor, id: string, body: PutCharterVersion): Promise<CharterVersionView> {
    const { networkId, texts, commitments } = body;
    demand(actor, 'networks:write', { organisationId: networkId, networkId });
    return this.db.tx(withNetworks(actor.scope, networkId), async (tx) => {
      const earlier = await findVersion(tx, id);
      if (earlier && earlier.networkId !== networkId)
        throw RequestProblems.idReused('This id is the charter of another network. Make a new id.');
      if (earlier?.publishedAt && requestHash({ texts, commitments }) !== earlier.hash)
        throw CharterProblems.published(
          'Draft a new version under a new id; members will be asked to sign it.',
        );
      if (!earlier?.publishedAt) await this.write(tx, actor, id, body);
      return (await findVersion(tx, id))!;
    });
  }

  async publish(actor: Actor, id: string, body: PutPublication): Promise<CharterVersionView> {
    const draft = await this.db.read(actor.scope, (on) => versionOf(on, id));
    const { networkId } = draft;
    demand(actor, 'networks:write', { organisationId: networkId, networkId });
    if (draft.publishedAt) return this.publishedAs(draft, body);
    const now = this.clock.now();
    if (!isNoticeLong(dayAt(now, 'UTC'), body.renewBy, RENEWAL_NOTICE_DAYS))
      throw CharterProblems.noticeTooShort(
        `Members have at least ${RENEWAL_NOTICE_DAYS} days to read and sign it. Name a later day.`,
        { days: RENEWAL_NOTICE_DAYS },
      );
    return this.db.tx(withNetworks(actor.scope, networkId), async (tx) => {
      const published = await sql(
        tx,
        `UPDATE charter.versions SET published_at = $2, published_by = $3, renew_by = $4,
           number = (SELECT coalesce(max(number), 0) + 1 FROM charter.versions WHERE network_id = $5)
         WHERE id = $1 AND published_at IS NULL RETURNING id`,
        [id, now.toString(), actor.name, body.renewBy.toString(), networkId],
      );
      if (published.length > 0) {
        const networkIds = await this.steps.networksUnder(tx, { id, networkId });
        await renewMembers(tx, { networkIds, versionId: id, deadline: body.renewBy, by: actor.name, now });
        await this.outbox.add(tx, CharterPublished, { versionId: id }, { actor: actor.name, networkIds });
      }
      return (await findVersion(tx, id))!;
    });
  }

  /** Members and their networks see drafts; everybody what was published. */
  async list(actor: Actor | null, networkId: string | null): Promise<CharterVersionPage> {
    return this.db.read(await this.reach(actor), async (on) => ({
      items: await findVersions(on, networkId),
      next: null,
    }));
  }

  async get(actor: Actor | null, id: string): Promise<CharterVersionView> {
    return this.db.read(await this.reach(actor), (on) => versionOf(on, id));
  }

  async diff(actor: Actor | null, id: string, { against, language }: DiffQuery): Promise<CharterDiffView> {
    return this.db.read(await this.reach(actor), async (on) => {
      const [to, from] = [await versionOf(on, id), await versionOf(on, against)];
      if (to.networkId !== from.networkId)
        throw CharterProblems.languageDiffers('They are charters of two networks. Compare versions of one.');
      return { from: from.number, to: to.number, language, blocks: blocksBetween(from, to, language) };
    });
  }

  async comment(actor: Actor, id: string, body: PutComment): Promise<CommentView> {
    const scope = await this.reach(actor);
    const { networkId } = await this.db.read(scope, (on) => signedVersion(on, scope, body.versionId));
    const hash = requestHash(body);
    return this.db.tx(withNetworks(actor.scope, networkId), async (tx) => {
      await sql(
        tx,
        `INSERT INTO charter.comments (id, version_id, network_id, text, commented_by, author, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
        [
          id,
          body.versionId,
          networkId,
          body.text,
          actor.name,
          await authorOf(tx, actor),
          hash,
          this.clock.now().toString(),
        ],
      );
      const [stored] = await sql<CommentView & { hash: string }>(
        tx,
        `${SELECT_COMMENTS}, request_hash AS hash FROM charter.comments WHERE id = $1`,
        [id],
      );
      if (stored?.hash !== hash) throw RequestProblems.idReused('This id is another comment. Make a new id.');
      const { hash: _hash, ...view } = stored;
      return view;
    });
  }

  async comments(actor: Actor, versionId: string): Promise<CommentPage> {
    const scope = await this.reach(actor);
    return this.db.read(scope, async (on) => {
      await signedVersion(on, scope, versionId);
      const query = `${SELECT_COMMENTS} FROM charter.comments WHERE version_id = $1 ORDER BY created_at, id LIMIT 200`;
      return { items: await sql<CommentView>(on, query, [versionId]), next: null };
    });
  }

  /** A charter is drafted above those who will sign it: members read the drafts of the networks above them. */
  private async reach(actor: Actor | null): Promise<Scope> {
    if (!actor || !may(actor, 'charter:write', {})) return PUBLIC_SCOPE;
    const chains = await this.db.read(PUBLIC_SCOPE, (on) =>
      Promise.all(actor.scope.networks.map((id) => this.directory.networkChain(on, id))),
    );
    return withNetworks(actor.scope, ...chains.flat());
  }

  private publishedAs(version: Version, { renewBy }: PutPublication): Version {
    if (version.renewBy === renewBy.toString()) return version;
    throw CharterProblems.published('It was published already, with another day to sign it by.');
  }

  private async write(tx: Tx, actor: Actor, id: string, body: PutCharterVersion): Promise<void> {
    const { networkId, texts, commitments } = body;
    const hash = requestHash({ texts, commitments });
    await sql(
      tx,
      `INSERT INTO charter.versions (id, network_id, texts, commitments, hash, drafted_by, request_hash, created_at)
       VALUES ($1, $2, $3::jsonb, $4::jsonb, $5, $6, $5, $7)
       ON CONFLICT (id) DO UPDATE SET texts = $3::jsonb, commitments = $4::jsonb, hash = $5, drafted_by = $6,
         request_hash = $5`,
      [
        id,
        networkId,
        JSON.stringify(texts),
        JSON.stringify(commitments),
        hash,
        actor.name,
        this.clock.now().toString(),
      ],
    );
  }
}

const SELECT_COMMENTS = `
  SELECT id, version_id AS "versionId", author, text, to_char(created_at AT TIME ZONE 'UTC', ${MOMENT}) AS at`;

async function versionOf(on: Reader, id: string): Promise<Version> {
  const version = await findVersion(on, id);
  if (!version)
    throw CharterProblems.notFound(`There is no charter ${id}, or it is a draft of another network.`);
  return version;
}

/** Anybody reads a published charter; it is talked about by those who sign it. */
async function signedVersion(on: Reader, { networks }: Scope, id: string): Promise<Version> {
  const version = await versionOf(on, id);
  if (!networks.includes(version.networkId))
    throw CharterProblems.notFound(`There is no charter ${id} that your network signs.`);
  return version;
}

/** A comment is an organisation's, not a person's. */
async function authorOf(on: Reader, actor: Actor): Promise<string> {
  const [named] = await sql<{ name: string }>(
    on,
    'SELECT name FROM identity.pub_organisations WHERE id = ANY ($1) ORDER BY kind = $2 DESC, id LIMIT 1',
    [actor.grants.map(({ organisationId }) => organisationId), 'network'],
  );
  return named?.name ?? '';
}
