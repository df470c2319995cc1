import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Db } from '../platform/db.js';
import { PageHeads, type PageHead } from '../platform/http/page-heads.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import { findProfile, findSpace } from './directory.queries.js';
import type { SpaceProfile } from './profile.schema.js';
import type { Space } from './space.js';

const SPACE_PAGE = /^\/spaces\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** What the directory's pages say to search engines. */
@Injectable()
export class SpaceHeads implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly heads: PageHeads,
  ) {}

  onModuleInit(): void {
    this.heads.add(/^\/spaces$/, async () => ({
      title: 'Find a space',
      description:
        'Coworking spaces around the Mediterranean that take your pass: desks free by day, hours, access.',
    }));
    this.heads.add(SPACE_PAGE, ([, id = ''], origin) =>
      this.db.read(PUBLIC_SCOPE, async (on) => {
        const space = await findSpace(on, id);
        if (!space || space.visibility !== 'public') return null;
        return headOf(space, await findProfile(on, id), origin);
      }),
    );
  }
}

function headOf(space: Space, profile: SpaceProfile, origin: string): PageHead {
  const { name, city, country, openingHours } = space;
  const place = new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country;
  return {
    title: `${name}, ${city}`,
    description: `A desk by the day at ${name} in ${city}, ${place}. Open ${openingHours}. Book with the pass you already have.`,
    data: dataOf(space, profile, `${origin}/spaces/${space.id}`),
  };
}

/** As schema.org says it; what the space has not told is left out, never denied. */
function dataOf(space: Space, profile: SpaceProfile, url: string): Record<string, unknown> {
  const { name, city, country, lat, lon, openingHours } = space;
  const { phone } = profile.gettingIn;
  const stepFree = profile.accessibility.stepFree.value;
  return {
    '@context': 'https://schema.org',
    '@type': ['LocalBusiness', 'CoworkingSpace'],
    '@id': url,
    url,
    name,
    address: { '@type': 'PostalAddress', addressLocality: city, addressCountry: country },
    geo: { '@type': 'GeoCoordinates', latitude: lat, longitude: lon },
    openingHours: openingHours.split(';').map((rule) => rule.trim()),
    ...(phone ? { telephone: phone } : {}),
    ...(profile.languages.length > 0 ? { knowsLanguage: profile.languages } : {}),
    amenityFeature: [
      ...profile.amenities.map((amenity) => ({ name: amenity, value: true })),
      ...(stepFree ? [{ name: 'step-free', value: stepFree === 'yes' }] : []),
    ].map((feature) => ({ '@type': 'LocationFeatureSpecification', ...feature })),
  };
}
