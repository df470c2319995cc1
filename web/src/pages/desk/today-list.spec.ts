import { searched } from './today-list';

const guests = ['Inès', 'ines', 'Nour', 'أمل'].map((firstName) => ({ guest: { firstName } }));
const names = (wanted: string) => searched(guests, wanted).map(({ guest }) => guest.firstName);

it('finds a guest by the beginning of the name, whatever the keyboard makes of its accents', () => {
  expect(names('INE')).toEqual(['Inès', 'ines']);
  expect(names('inè')).toEqual(['Inès', 'ines']);
  expect(names(' أم')).toEqual(['أمل']);
  expect(names('our')).toEqual([]);
  expect(names('')).toHaveLength(4);
});
