import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, CurrentVisitor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Open, Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import {
  CharterDiffView,
  CharterProposal,
  CharterVersionPage,
  CharterVersionView,
  CommentPage,
  CommentsQuery,
  CommentView,
  DiffQuery,
  PutCharterVersion,
  PutComment,
  PutPublication,
  SignatoriesQuery,
  SignatoryPage,
  VersionsQuery,
} from './charter.schema.js';
import { PROPOSED_CHARTER } from './proposed/proposal.js';
import { Signatories } from './signatories.service.js';
import { Versions } from './versions.service.js';

const newId = { schema: wireNewId };
const anId = { schema: wireId };

@Controller('v1')
@ApiTags('charter')
export class CharterController {
  constructor(
    private readonly versions: Versions,
    private readonly signatories: Signatories,
  ) {}

  /** Words to begin with; they bind nobody. */
  @Get('charter-proposal')
  @Public()
  @Returns(200, CharterProposal)
  proposal(): CharterProposal {
    return PROPOSED_CHARTER;
  }

  @Get('charter-versions')
  @Open()
  @Returns(200, CharterVersionPage)
  list(
    @CurrentVisitor() visitor: Actor | null,
    @Query({ schema: VersionsQuery }) { networkId }: VersionsQuery,
  ): Promise<CharterVersionPage> {
    return this.versions.list(visitor, networkId ?? null);
  }

  @Get('charter-versions/:id')
  @Open()
  @Returns(200, CharterVersionView)
  get(@CurrentVisitor() visitor: Actor | null, @Param('id', anId) id: string): Promise<CharterVersionView> {
    return this.versions.get(visitor, id);
  }

  @Get('charter-versions/:id/diff')
  @Open()
  @Returns(200, CharterDiffView)
  diff(
    @CurrentVisitor() visitor: Actor | null,
    @Param('id', anId) id: string,
    @Query({ schema: DiffQuery }) query: DiffQuery,
  ): Promise<CharterDiffView> {
    return this.versions.diff(visitor, id, query);
  }

  @Get('charter-signatories')
  @Public()
  @Returns(200, SignatoryPage)
  signatoriesOf(@Query({ schema: SignatoriesQuery }) query: SignatoriesQuery): Promise<SignatoryPage> {
    return this.signatories.list(query);
  }

  @Put('charter-versions/:id')
  @Access('networks:write')
  @Returns(200, CharterVersionView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', newId) id: string,
    @Body({ schema: PutCharterVersion }) body: PutCharterVersion,
  ): Promise<CharterVersionView> {
    return this.versions.put(actor, id, body);
  }

  @Put('charter-versions/:id/publication')
  @Access('networks:write')
  @Returns(200, CharterVersionView)
  publish(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Body({ schema: PutPublication }) body: PutPublication,
  ): Promise<CharterVersionView> {
    return this.versions.publish(actor, id, body);
  }

  @Put('charter-comments/:id')
  @Access('charter:write')
  @Returns(200, CommentView)
  comment(
    @CurrentActor() actor: Actor,
    @Param('id', newId) id: string,
    @Body({ schema: PutComment }) body: PutComment,
  ): Promise<CommentView> {
    return this.versions.comment(actor, id, body);
  }

  @Get('charter-comments')
  @Access('charter:write')
  @Returns(200, CommentPage)
  comments(
    @CurrentActor() actor: Actor,
    @Query({ schema: CommentsQuery }) { versionId }: { versionId: string },
  ): Promise<CommentPage> {
    return this.versions.comments(actor, versionId);
  }
}
