import { t } from '@lingui/core/macro';
import type { z } from 'zod';
import type { wireAmenity } from '@wire/directory/profile.schema.js';

export type Amenity = z.infer<typeof wireAmenity>;

export function amenityText(amenity: Amenity): string {
  return names()[amenity];
}

const names = (): Record<Amenity, string> => ({
  coffee: t`Coffee`,
  kitchen: t`Kitchen`,
  drinking_water: t`Drinking water`,
  phone_booth: t`Phone booth`,
  meeting_room: t`Meeting room`,
  quiet_room: t`Quiet room`,
  printer: t`Printer`,
  scanner: t`Document scanner`,
  monitor: t`Monitors`,
  standing_desk: t`Standing desks`,
  ergonomic_chair: t`Ergonomic chairs`,
  locker: t`Lockers`,
  shower: t`Shower`,
  bicycle_parking: t`Bicycle parking`,
  charging_point: t`Charging point for cars`,
  air_conditioning: t`Air conditioning`,
  heating: t`Heating`,
  terrace: t`Terrace`,
  garden: t`Garden`,
  event_room: t`Event room`,
  workshop: t`Workshop`,
  childcare: t`Childcare`,
  prayer_room: t`Prayer room`,
  pets_welcome: t`Pets welcome`,
  backup_power: t`Backup power`,
});
