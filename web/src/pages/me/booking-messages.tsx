import { useQuery } from '@tanstack/react-query';
import { spaceQuery } from '../../api/spaces';
import { MessageThread } from '../../components/message-thread';
import type { BookingSection } from './booking-section';

export const BookingMessages: BookingSection = ({ booking }) => {
  const { data: space } = useQuery(spaceQuery(booking.spaceId));
  if (!space) return null;
  return <MessageThread bookingId={booking.id} side="GUEST" zone={booking.timeZone} city={space.city} />;
};
