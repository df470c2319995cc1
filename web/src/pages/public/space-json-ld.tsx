import { useEffect } from 'react';
import type { Space } from '../../api/spaces';

/**
 * The space for search engines, as schema.org data. Set as text of a data block, which no browser runs and
 * which the policy therefore lets pass; the text cannot end the block early.
 */
export function SpaceJsonLd({ space }: { space: Space }) {
  useEffect(() => {
    const block = document.createElement('script');
    block.type = 'application/ld+json';
    block.textContent = JSON.stringify(describe(space));
    document.head.append(block);
    return () => block.remove();
  }, [space]);
  return null;
}

function describe({ id, name, city, country, lat, lon, openingHours }: Space): Record<string, unknown> {
  return {
    '@context': 'https://schema.org',
    '@type': ['LocalBusiness', 'CoworkingSpace'],
    '@id': `${location.origin}/spaces/${id}`,
    url: `${location.origin}/spaces/${id}`,
    name,
    address: { '@type': 'PostalAddress', addressLocality: city, addressCountry: country },
    geo: { '@type': 'GeoCoordinates', latitude: lat, longitude: lon },
    openingHours,
  };
}
