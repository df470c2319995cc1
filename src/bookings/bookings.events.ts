import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

const payload = z.strictObject({ bookingId: wireId });

/** A seat is a person's, and what pays for it is set aside. */
export const BookingReserved = eventType('bookings.reserved.v1', payload);
/** The host is asked for a seat, which is kept until it answers or its time to do so is over. */
export const BookingRequested = eventType('bookings.requested.v1', payload);
/** The host declined. */
export const BookingRejected = eventType('bookings.rejected.v1', payload);
/** It became another booking: its guest changed it, or took a seat elsewhere because the host cannot serve it. */
export const BookingReplaced = eventType('bookings.replaced.v1', payload);
/** By the guest or by the host; the booking says who, why and what it cost. */
export const BookingCanceled = eventType('bookings.canceled.v1', payload);
/** The booked time is over and nobody came. */
export const BookingMissed = eventType('bookings.no_show.v1', payload);
/** A seat held for somebody who did not confirm, or whom the host did not answer, in time is free again. */
export const BookingExpired = eventType('bookings.expired.v1', payload);

const block = z.strictObject({ blockId: wireId });
/** A space does not let this guest in any more. */
export const GuestBlocked = eventType('bookings.guest_blocked.v1', block);
/** The network has decided about the guest's appeal. */
export const AppealDecided = eventType('bookings.appeal_decided.v1', block);
