import type { ComponentType } from 'react';
import type { Booking } from '../../api/mine';

/** A piece of a booking's page, below or above its facts. */
export type BookingSection = ComponentType<{ booking: Booking }>;
