import { ENTRY_LABELS, ENTRY_TYPOLOGIES } from './catalogue.schema.js';

/**
 * What third places are, in labels of our own: a record has as many as fit. Each says what it is in other people's
 * typologies; null where they have no word for it, which is listed and never dropped.
 */
export const LABELS = ENTRY_LABELS;
export type Label = (typeof LABELS)[number];

/** The State's survey of 2019, the families of France Tiers-Lieux' census of 2023, OpenStreetMap's main tag. */
export const TYPOLOGIES = ENTRY_TYPOLOGIES;
export type Typology = (typeof TYPOLOGIES)[number];

type Words = Readonly<Record<Typology, string | null>>;
const said = (cget: string | null, census: string | null, osm: string | null): Words => ({
  'cget-2019': cget,
  'france-tiers-lieux-2023': census,
  openstreetmap: osm,
});

export const MAPPED: Readonly<Record<Label, Words>> = {
  coworking: said('Tiers lieux à dominante coworking', 'bureaux partagés', 'amenity=coworking_space'),
  fablab: said('Tiers lieux à dominante fablab', 'fabrication numérique', 'leisure=hackerspace'),
  hackerspace: said(null, 'fabrication numérique', 'leisure=hackerspace'),
  meeting_rooms: said(null, 'location de salles', 'amenity=conference_centre'),
  digital_help: said(null, 'médiation numérique', null),
  public_services: said(null, 'accès aux services publics', 'office=government'),
  library: said(null, null, 'amenity=library'),
  town_hall: said(null, null, 'amenity=townhall'),
  association: said(null, null, 'office=association'),
  job_centre: said(null, null, 'office=employment_agency'),
  social_centre: said(null, 'tiers-lieu social', 'amenity=social_centre'),
};

/** What sources write in their kind, in small letters, one word at a time. */
export const TAUGHT: Readonly<Record<string, Label>> = {
  'tiers lieux à dominante coworking': 'coworking',
  coworking: 'coworking',
  coworking_space: 'coworking',
  'tiers lieux à dominante fablab': 'fablab',
  fablab: 'fablab',
  hackerspace: 'hackerspace',
  epn: 'digital_help',
  'espace public numérique': 'digital_help',
  'conseiller numérique': 'digital_help',
  'promeneur du net': 'digital_help',
  pdn: 'digital_help',
  msap: 'public_services',
  'france services': 'public_services',
  médiathèque: 'library',
  bib: 'library',
  mairie: 'town_hall',
  muni: 'town_hall',
  collectivité: 'town_hall',
  association: 'association',
  asso: 'association',
  'mission locale': 'job_centre',
  pe: 'job_centre',
  ml: 'job_centre',
  cs: 'social_centre',
  ccas: 'social_centre',
};
