/** What the demo's spaces tell about themselves. Spaces and people are fictional; numbers are reserved for fiction. */
import { EMPTY_PROFILE, type SpaceProfile } from '../directory/index.js';
import type { SpaceCode } from './demo-network.js';

type Facts = Partial<SpaceProfile['accessibility']>;
type Told = Partial<Omit<SpaceProfile, 'gettingIn' | 'accessibility'>> & {
  readonly gettingIn?: Partial<SpaceProfile['gettingIn']>;
  readonly accessibility?: Facts;
};

const profile = ({ gettingIn, accessibility, ...told }: Told): SpaceProfile => ({
  ...EMPTY_PROFILE,
  ...told,
  gettingIn: { ...EMPTY_PROFILE.gettingIn, ...gettingIn },
  accessibility: { ...EMPTY_PROFILE.accessibility, ...accessibility },
});

const yes = (checkedOn: string) => ({ value: 'yes', checkedOn }) as const;
const no = (checkedOn: string) => ({ value: 'no', checkedOn }) as const;
const centimetres = (value: number, checkedOn: string) => ({ value, checkedOn });

/** From complete to nearly silent, as spaces are. */
export const DEMO_PROFILES: Readonly<Record<SpaceCode, SpaceProfile>> = {
  MRS: profile({
    gettingIn: {
      door: 'The blue gate on the quay side, left of the ship chandler',
      bell: 'ATELIER, second from the top',
      floor: 'First floor',
      lift: 'Behind the stairs; call from the gate with the same bell',
      phone: '+33 4 65 71 20 14',
      contactName: 'Camille at the desk',
    },
    accessibility: {
      stepFree: yes('2026-05-04'),
      lift: yes('2026-05-04'),
      toilet: yes('2026-05-04'),
      hearingLoop: no('2026-05-04'),
      parking: no('2026-05-04'),
      doorWidthCm: centimetres(92, '2026-05-04'),
    },
    amenities: [
      'coffee',
      'kitchen',
      'phone_booth',
      'meeting_room',
      'printer',
      'monitor',
      'terrace',
      'locker',
    ],
    languages: ['fr', 'en', 'ar'],
    wifi: { mbps: 480, measuredOn: '2026-05-18' },
    houseRules: 'Calls in the booths or on the terrace.\nWhoever takes the last coffee makes the next.',
  }),
  MNQ: profile({
    gettingIn: {
      door: 'Old school gate, through the yard with the plane trees',
      floor: 'Ground floor',
      lift: 'None needed',
      phone: '+33 4 65 71 48 02',
      contactName: 'Aurélie',
    },
    accessibility: {
      stepFree: yes('2026-03-12'),
      toilet: yes('2026-03-12'),
      parking: yes('2026-03-12'),
      doorWidthCm: centimetres(120, '2026-03-12'),
    },
    amenities: [
      'coffee',
      'kitchen',
      'garden',
      'bicycle_parking',
      'charging_point',
      'workshop',
      'pets_welcome',
    ],
    languages: ['fr', 'en'],
    wifi: { mbps: 210, measuredOn: '2026-04-02' },
    houseRules: 'The dog in the yard is called Pistou and is friendly. Lunch is shared on Thursdays.',
  }),
  BCN: profile({
    gettingIn: {
      door: 'Brick archway with the crane above it',
      bell: 'TALLER',
      floor: 'Ground floor and mezzanine',
      lift: 'None to the mezzanine',
      contactName: 'Núria',
    },
    accessibility: {
      stepFree: yes('2026-02-20'),
      lift: no('2026-02-20'),
      toilet: yes('2026-02-20'),
      hearingLoop: yes('2026-02-20'),
      parking: no('2026-02-20'),
      doorWidthCm: centimetres(110, '2026-02-20'),
    },
    amenities: [
      'coffee',
      'phone_booth',
      'meeting_room',
      'event_room',
      'workshop',
      'shower',
      'bicycle_parking',
    ],
    languages: ['ca', 'es', 'en'],
    wifi: { mbps: 600, measuredOn: '2026-05-07' },
    houseRules: 'The workshop is loud from four to six; the mezzanine is quiet all day.',
  }),
  EBR: profile({
    gettingIn: {
      door: 'The old river customs house, door on the square',
      floor: 'First floor',
      lift: 'No lift',
    },
    accessibility: { stepFree: no('2026-01-15'), lift: no('2026-01-15'), parking: yes('2026-01-15') },
    amenities: ['coffee', 'kitchen', 'printer', 'heating', 'air_conditioning'],
    languages: ['ca', 'es'],
    wifi: { mbps: 120, measuredOn: '2026-01-15' },
  }),
  RJK: profile({
    gettingIn: {
      door: 'Green door under the arcade',
      bell: 'KVARNER',
      floor: 'Third floor',
      contactName: 'Ivana',
    },
    accessibility: {
      stepFree: no('2026-04-21'),
      lift: yes('2026-04-21'),
      doorWidthCm: centimetres(74, '2026-04-21'),
    },
    amenities: ['coffee', 'kitchen', 'monitor', 'standing_desk', 'phone_booth', 'locker'],
    languages: ['hr', 'en', 'it'],
    wifi: { mbps: 330, measuredOn: '2026-04-21' },
    houseRules: 'Shoes with sand stay on the landing.',
  }),
  LEC: profile({
    gettingIn: {
      door: 'Courtyard of the old tobacco works, second arch',
      bell: 'No bell: the gate is open in opening hours',
      floor: 'Ground floor',
      lift: 'None needed',
      contactName: 'Donato',
    },
    accessibility: {
      stepFree: yes('2026-05-11'),
      toilet: yes('2026-05-11'),
      hearingLoop: no('2026-05-11'),
      parking: yes('2026-05-11'),
      doorWidthCm: centimetres(140, '2026-05-11'),
    },
    amenities: [
      'coffee',
      'workshop',
      'event_room',
      'garden',
      'drinking_water',
      'bicycle_parking',
      'childcare',
    ],
    languages: ['it', 'en'],
    wifi: { mbps: 250, measuredOn: '2026-05-11' },
    houseRules: 'From two to four the courtyard rests: calls indoors, please.',
  }),
  FLR: profile({
    gettingIn: {
      door: 'Wooden door beside the bookbinder',
      bell: 'LAB',
      floor: 'Second floor',
      lift: 'No lift',
    },
    accessibility: { stepFree: no('2026-02-03'), lift: no('2026-02-03'), toilet: no('2026-02-03') },
    amenities: ['coffee', 'quiet_room', 'printer', 'scanner', 'ergonomic_chair'],
    languages: ['it', 'en', 'fr'],
    wifi: { mbps: 400, measuredOn: '2026-03-30' },
    houseRules: 'This is a house of whispers: telephones live on the stairs.',
  }),
  ATH: profile({
    gettingIn: { door: 'Shutter with the painted owl', floor: 'Ground floor', contactName: 'Eleni' },
    accessibility: { stepFree: yes('2026-04-09'), doorWidthCm: centimetres(98, '2026-04-09') },
    amenities: ['coffee', 'kitchen', 'event_room', 'terrace', 'air_conditioning'],
    languages: ['el', 'en'],
    wifi: { mbps: 180, measuredOn: '2026-04-09' },
  }),
  TUN: profile({
    gettingIn: {
      door: 'Studded yellow door at the end of the lane',
      bell: 'Knock twice; the bell is for the neighbours',
      floor: 'Ground floor around the patio, desks upstairs too',
      lift: 'No lift: ask for a desk on the patio',
      contactName: 'Amine',
    },
    accessibility: {
      stepFree: no('2026-03-26'),
      lift: no('2026-03-26'),
      toilet: yes('2026-03-26'),
      parking: no('2026-03-26'),
      doorWidthCm: centimetres(86, '2026-03-26'),
    },
    amenities: [
      'coffee',
      'kitchen',
      'prayer_room',
      'terrace',
      'backup_power',
      'drinking_water',
      'quiet_room',
    ],
    languages: ['ar', 'fr', 'en'],
    wifi: { mbps: 90, measuredOn: '2026-05-20' },
    houseRules: 'Mint tea at five on the patio, and you are invited.',
  }),
  REG: profile({
    gettingIn: { door: 'Main entrance: show an identity card at reception', floor: 'Fourth floor' },
    accessibility: { stepFree: yes('2026-01-28'), lift: yes('2026-01-28'), toilet: yes('2026-01-28') },
    amenities: ['meeting_room', 'printer', 'heating'],
    languages: ['fr'],
  }),
};
