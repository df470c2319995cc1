import { Controller, Get, Param, Query } from '@nestjs/common';
import { wireId } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { PlacesQuery, SpacePage, SpacesQuery } from './directory.schema.js';
import { PlacePage, PlaceView, TerritoriesQuery, TerritoryPage } from './place.schema.js';
import { Places } from './places.service.js';
import { PublicSpaces } from './public-spaces.service.js';
import { Territories } from './territories.service.js';

/** What everybody may look up. */
@Controller('v1')
@Public()
export class PlacesController {
  constructor(
    private readonly places: Places,
    private readonly spaces: PublicSpaces,
    private readonly territories: Territories,
  ) {}

  @Get('places')
  @Returns(200, PlacePage)
  listPlaces(@Query({ schema: PlacesQuery }) query: PlacesQuery): Promise<PlacePage> {
    return this.places.list(query);
  }

  @Get('places/:id')
  @Returns(200, PlaceView)
  getPlace(@Param('id', { schema: wireId }) id: string): Promise<PlaceView> {
    return this.places.get(id);
  }

  @Get('spaces')
  @Returns(200, SpacePage)
  listSpaces(@Query({ schema: SpacesQuery }) query: SpacesQuery): Promise<SpacePage> {
    return this.spaces.list(query);
  }

  @Get('territories')
  @Returns(200, TerritoryPage)
  listTerritories(
    @Query({ schema: TerritoriesQuery }) { country }: TerritoriesQuery,
  ): Promise<TerritoryPage> {
    return this.territories.list(country);
  }
}
