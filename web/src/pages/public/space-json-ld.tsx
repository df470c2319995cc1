import { useEffect } from 'react';
import type { SpaceView } from '@wire/directory/directory.schema.js';

/**
 * The space for search engines that run scripts, in place of what the server wrote for the page one came from.
 * Set as text of a data block, which no browser runs; the text cannot end the block early.
 */
export function SpaceJsonLd({ space }: { space: SpaceView }) {
  useEffect(() => {
    for (const old of document.head.querySelectorAll('script[type="application/ld+json"]')) old.remove();
    const block = document.createElement('script');
    block.type = 'application/ld+json';
    block.textContent = JSON.stringify(describe(space));
    document.head.append(block);
    return () => block.remove();
  }, [space]);
  return null;
}

function describe({ id, name, city, country, lat, lon, openingHours, profile }: SpaceView) {
  const url = `${location.origin}/spaces/${id}`;
  return {
    '@context': 'https://schema.org',
    '@type': ['LocalBusiness', 'CoworkingSpace'],
    '@id': url,
    url,
    name,
    address: { '@type': 'PostalAddress', addressLocality: city, addressCountry: country },
    geo: { '@type': 'GeoCoordinates', latitude: lat, longitude: lon },
    openingHours: openingHours.split(';').map((rule) => rule.trim()),
    ...(profile.gettingIn.phone ? { telephone: profile.gettingIn.phone } : {}),
    amenityFeature: profile.amenities.map((amenity) => ({
      '@type': 'LocationFeatureSpecification',
      name: amenity,
      value: true,
    })),
  };
}
