/**
 * The demo network as data: ten spaces around the sea, two networks that clear with each other, and people
 * for every role. Cities and codes are real; spaces and people are fictional. Rates are net, per day.
 */
import type { Unit } from '../kernel/money.js';

/** Fixed ids, so that the README can name things and a second load finds the first one's rows. */
export function demoId(number: number): string {
  return `01980000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** Everybody signs in with it. Demo data is loaded on this computer's own database only. */
export const DEMO_PASSWORD = 'lighthouse-harbour-26';

/** When a demo begins: a Monday morning, 9 o'clock in Marseille. */
export const DEMO_STARTS_AT = '2026-06-01T07:00:00Z';

type DemoNetwork = {
  readonly id: string;
  readonly shortId: string;
  readonly name: string;
  readonly country: string;
  readonly unit: Unit;
  readonly parent: 'MED' | null;
};

const network = (
  number: number,
  shortId: string,
  name: string,
  country: string,
  more: Partial<DemoNetwork> = {},
): DemoNetwork => ({ id: demoId(number), shortId, name, country, unit: 'EUR', parent: 'MED', ...more });

export const DEMO_NETWORKS = {
  MED: network(1, 'escale', 'Escale Méditerranée', 'FR', { parent: null }),
  PROVENCE: network(2, 'provence', 'Escale Provence', 'FR'),
  CATALUNYA: network(3, 'catala', 'Escale Catalunya', 'ES'),
  ITALIA: network(4, 'italia', 'Escale Italia', 'IT'),
  JADRAN: network(5, 'jadran', 'Escale Jadran', 'HR'),
  ATTIKI: network(6, 'attiki', 'Escale Attiki', 'GR'),
  TUNIS: network(7, 'tunis', 'Tunis', 'TN', { unit: 'TND', parent: null }),
} as const;
export type NetworkCode = keyof typeof DEMO_NETWORKS;

export type DemoSpace = {
  readonly id: string;
  readonly operatorId: string;
  readonly poolId: string;
  readonly deviceId: string;
  readonly code: string;
  readonly name: string;
  readonly operator: string;
  readonly city: string;
  readonly network: NetworkCode;
  readonly country: string;
  readonly timeZone: string;
  readonly territoryCode: string;
  readonly lat: number;
  readonly lon: number;
  readonly unit: Unit;
  /** The reciprocal rate of a day, in minor units: half of it for half a day. */
  readonly dayRateMinor: number;
  readonly desks: number;
  readonly settlementProfile: 'NETTING_ALLOWED' | 'GROSS_ONLY';
};

type Facts = Omit<DemoSpace, 'id' | 'operatorId' | 'poolId' | 'deviceId' | 'unit' | 'settlementProfile'> &
  Partial<Pick<DemoSpace, 'unit' | 'settlementProfile'>>;

const space = (number: number, facts: Facts): DemoSpace => ({
  id: demoId(0x100 + number),
  operatorId: demoId(0x200 + number),
  poolId: demoId(0x300 + number),
  deviceId: demoId(0x400 + number),
  unit: 'EUR',
  settlementProfile: 'NETTING_ALLOWED',
  ...facts,
});

const PARIS = 'Europe/Paris';

export const DEMO_SPACES = {
  MRS: space(1, {
    code: 'MRS',
    name: 'Atelier du Vieux-Port',
    operator: 'Association Vieux-Port',
    city: 'Marseille',
    network: 'PROVENCE',
    country: 'FR',
    timeZone: PARIS,
    territoryCode: 'FRL04',
    lat: 43.2951,
    lon: 5.3739,
    dayRateMinor: 2000,
    desks: 12,
  }),
  MNQ: space(2, {
    code: 'MNQ',
    name: 'La Garrigue',
    operator: 'SCIC La Garrigue',
    city: 'Manosque',
    network: 'PROVENCE',
    country: 'FR',
    timeZone: PARIS,
    territoryCode: 'FRL01',
    lat: 43.8342,
    lon: 5.7861,
    dayRateMinor: 1000,
    desks: 6,
  }),
  BCN: space(3, {
    code: 'BCN',
    name: 'Taller Poblenou',
    operator: 'Taller Poblenou SL',
    city: 'Barcelona',
    network: 'CATALUNYA',
    country: 'ES',
    timeZone: 'Europe/Madrid',
    territoryCode: 'ES511',
    lat: 41.4036,
    lon: 2.2034,
    dayRateMinor: 1800,
    desks: 16,
  }),
  EBR: space(4, {
    code: 'EBR',
    name: 'Zona Riu',
    operator: "Ajuntament de Móra d'Ebre",
    city: "Móra d'Ebre",
    network: 'CATALUNYA',
    country: 'ES',
    timeZone: 'Europe/Madrid',
    territoryCode: 'ES514',
    lat: 41.0926,
    lon: 0.6437,
    dayRateMinor: 900,
    desks: 6,
  }),
  RJK: space(5, {
    code: 'RJK',
    name: 'Kvarner Desk',
    operator: 'Zadruga Kvarner Desk',
    city: 'Rijeka',
    network: 'JADRAN',
    country: 'HR',
    timeZone: 'Europe/Zagreb',
    territoryCode: 'HR031',
    lat: 45.3271,
    lon: 14.4422,
    dayRateMinor: 1200,
    desks: 10,
  }),
  LEC: space(6, {
    code: 'LEC',
    name: 'Officine Salento',
    operator: 'Cooperativa Officine Salento',
    city: 'Lecce',
    network: 'ITALIA',
    country: 'IT',
    timeZone: 'Europe/Rome',
    territoryCode: 'ITF45',
    lat: 40.3515,
    lon: 18.175,
    dayRateMinor: 1200,
    desks: 14,
  }),
  FLR: space(7, {
    code: 'FLR',
    name: 'Oltrarno Lab',
    operator: 'Oltrarno Lab SRL',
    city: 'Firenze',
    network: 'ITALIA',
    country: 'IT',
    timeZone: 'Europe/Rome',
    territoryCode: 'ITI14',
    lat: 43.7669,
    lon: 11.2466,
    dayRateMinor: 1600,
    desks: 8,
  }),
  ATH: space(8, {
    code: 'ATH',
    name: 'Psyrri Commons',
    operator: 'Psyrri Commons',
    city: 'Athens',
    network: 'ATTIKI',
    country: 'GR',
    timeZone: 'Europe/Athens',
    territoryCode: 'EL303',
    lat: 37.9787,
    lon: 23.7227,
    dayRateMinor: 1400,
    desks: 9,
  }),
  TUN: space(9, {
    code: 'TUN',
    name: 'Dar el Bhira',
    operator: 'Association Dar el Bhira',
    city: 'Tunis',
    network: 'TUNIS',
    country: 'TN',
    timeZone: 'Africa/Tunis',
    territoryCode: 'TN-11',
    lat: 36.8008,
    lon: 10.1797,
    unit: 'TND',
    dayRateMinor: 45_000,
    desks: 8,
    settlementProfile: 'GROSS_ONLY',
  }),
  REG: space(10, {
    code: 'REG',
    name: 'Salle des agents, Hôtel de Région',
    operator: 'Région Sud',
    city: 'Marseille',
    network: 'PROVENCE',
    country: 'FR',
    timeZone: PARIS,
    territoryCode: 'FRL04',
    lat: 43.3041,
    lon: 5.3762,
    dayRateMinor: 0,
    desks: 4,
  }),
} as const satisfies Record<string, DemoSpace>;
export type SpaceCode = keyof typeof DEMO_SPACES;

export type DemoNomad = {
  readonly id: string;
  readonly membershipId: string;
  readonly homeId: string;
  readonly passId: string;
  readonly email: string;
  readonly name: string;
  readonly language: 'en' | 'fr' | 'es' | 'it' | 'ar';
  readonly home: SpaceCode;
};

/** In plain letters, for an address. */
const firstName = (name: string): string =>
  (name.split(' ')[0] ?? name).normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

const nomad = (
  number: number,
  name: string,
  home: SpaceCode,
  language: DemoNomad['language'] = 'en',
): DemoNomad => ({
  id: demoId(0x1000 + number),
  membershipId: demoId(0x2000 + number),
  homeId: demoId(0x3000 + number),
  passId: demoId(0x4000 + number),
  email: `${firstName(name)}@demo.invalid`,
  name,
  language,
  home,
});

export const DEMO_NOMADS = {
  ines: nomad(1, 'Inès Trabelsi', 'TUN', 'ar'),
  marko: nomad(2, 'Marko Perić', 'RJK'),
  lea: nomad(3, 'Léa Fabre', 'MRS', 'fr'),
  hugo: nomad(4, 'Hugo Mercier', 'MRS', 'fr'),
  marta: nomad(5, 'Marta Soler', 'BCN', 'es'),
  pau: nomad(6, 'Pau Ribas', 'BCN', 'es'),
  chiara: nomad(7, 'Chiara De Luca', 'LEC', 'it'),
  matteo: nomad(8, 'Matteo Greco', 'LEC', 'it'),
  nikos: nomad(9, 'Nikos Andreou', 'ATH'),
  giulia: nomad(10, 'Giulia Neri', 'FLR', 'it'),
} as const satisfies Record<string, DemoNomad>;
export type NomadName = keyof typeof DEMO_NOMADS;

/** People who work for a space or a network: what they may do, and where. */
export const DEMO_STAFF = [
  { number: 1, email: 'desk@demo.invalid', name: 'Camille Roux', role: 'space_staff', at: 'MRS' },
  { number: 2, email: 'manager@demo.invalid', name: 'Youssef Amrani', role: 'space_manager', at: 'MRS' },
  {
    number: 3,
    email: 'treasurer@demo.invalid',
    name: 'Elena Marchetti',
    role: 'network_treasurer',
    at: 'MED',
  },
  { number: 4, email: 'admin@demo.invalid', name: 'Sofia Lindgren', role: 'network_admin', at: 'MED' },
  { number: 5, email: 'tunis@demo.invalid', name: 'Amine Gharbi', role: 'network_admin', at: 'TUNIS' },
  { number: 6, email: 'facilitator@demo.invalid', name: 'Rosa Vidal', role: 'facilitator', at: 'BCN' },
  { number: 30, email: 'researcher@demo.invalid', name: 'Salma Haddad', role: 'researcher', at: 'MED' },
  { number: 7, email: 'lecce@demo.invalid', name: 'Chiara Greco', role: 'space_manager', at: 'LEC' },
  { number: 8, email: 'rijeka@demo.invalid', name: 'Ivan Horvat', role: 'space_manager', at: 'RJK' },
] as const;

/** The two agreements: inside Escale Méditerranée with all its chapters, and between it and Tunis. */
export const DEMO_AGREEMENTS = {
  INSIDE: { id: demoId(0x500), versionId: demoId(0x501) },
  WITH_TUNIS: { id: demoId(0x502), versionId: demoId(0x503) },
} as const;

/** Free half-days per person, host space and year: three days; Catalan hosts give five. */
export const FREE_HALF_DAYS = { usual: 6, catalan: 10 } as const;
