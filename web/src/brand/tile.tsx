import { zellige } from './zellige';

/**
 * A record's tile. An <img> and not markup: nothing of it can ever become part of the page.
 * Decoration: the name always stands beside it in text.
 */
export function Tile({
  id,
  cells,
  palette,
  className = 'tile',
}: {
  id: string;
  cells?: number;
  palette?: readonly string[];
  className?: string;
}) {
  const svg = zellige(id, { ...(cells ? { n: cells } : {}), ...(palette ? { pal: palette } : {}) });
  return <img alt="" className={className} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />;
}
