import { Link } from '@tanstack/react-router';
import type { Space } from '../../api/spaces';
import { Tile } from '../../brand/tile';
import { countryName } from '../../i18n/names';

export function SpaceCard({ space }: { space: Space }) {
  return (
    <Link to="/spaces/$spaceId" params={{ spaceId: space.id }} className="space-card">
      <Tile id={space.id} className="space-cover" />
      <span className="space-card-body">
        <strong className="es-flare space-card-name">{space.name}</strong>
        <span className="space-card-place">
          {space.city} · {countryName(space.country)}
        </span>
      </span>
    </Link>
  );
}
