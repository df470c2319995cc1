import { Trans } from '@lingui/react/macro';
import {
  Armchair,
  CalendarBlank,
  ChartBar,
  Clock,
  DeviceTablet,
  DoorOpen,
  Flag,
  Handshake,
  QrCode,
  Signature,
  Storefront,
  SunHorizon,
  UsersThree,
  type Icon,
} from '@phosphor-icons/react';
import { lazy, type ComponentType, type ReactNode } from 'react';

type Tab = {
  readonly key: string;
  readonly name: ReactNode;
  readonly Icon: Icon;
  readonly Page: ComponentType;
  /** Only whoever manages the space may even read it. */
  readonly isForManagers?: true;
};

const later = (load: () => Promise<Record<string, unknown>>, name: string) =>
  lazy(async () => ({ default: (await load())[name] as ComponentType }));

/** The rooms of a space's office, in the order of a day: /space/<id>/<key>. */
export const TABS: readonly Tab[] = [
  {
    key: 'today',
    name: <Trans>Today</Trans>,
    Icon: SunHorizon,
    Page: later(() => import('./today-tab'), 'TodayTab'),
  },
  {
    key: 'bookings',
    name: <Trans>Bookings</Trans>,
    Icon: CalendarBlank,
    Page: later(() => import('./bookings-tab'), 'BookingsTab'),
  },
  {
    key: 'capacity',
    name: <Trans>Capacity</Trans>,
    Icon: ChartBar,
    Page: later(() => import('./capacity-tab'), 'CapacityTab'),
  },
  {
    key: 'profile',
    name: <Trans>Profile</Trans>,
    Icon: Storefront,
    Page: later(() => import('./profile-tab'), 'ProfileTab'),
  },
  {
    key: 'hours',
    name: <Trans>Opening hours</Trans>,
    Icon: Clock,
    Page: later(() => import('./hours-tab'), 'HoursTab'),
  },
  {
    key: 'desks',
    name: <Trans>Desks and rooms</Trans>,
    Icon: Armchair,
    Page: later(() => import('./desks-tab'), 'DesksTab'),
  },
  {
    key: 'terms',
    name: <Trans>Terms and rates</Trans>,
    Icon: Handshake,
    Page: later(() => import('./terms-tab'), 'TermsTab'),
  },
  {
    key: 'team',
    name: <Trans>Team</Trans>,
    Icon: UsersThree,
    Page: later(() => import('./team-tab'), 'TeamTab'),
    isForManagers: true,
  },
  {
    key: 'closures',
    name: <Trans>Closures</Trans>,
    Icon: DoorOpen,
    Page: later(() => import('./closures-tab'), 'ClosuresTab'),
  },
  {
    key: 'devices',
    name: <Trans>Tablets</Trans>,
    Icon: DeviceTablet,
    Page: later(() => import('./devices-tab'), 'DevicesTab'),
    isForManagers: true,
  },
  {
    key: 'incidents',
    name: <Trans>Incidents</Trans>,
    Icon: Flag,
    Page: later(() => import('./incidents-page'), 'IncidentsTab'),
  },
  {
    key: 'charter',
    name: <Trans>Charter</Trans>,
    Icon: Signature,
    Page: later(() => import('../charter/charter-tab'), 'CharterTab'),
    isForManagers: true,
  },
  {
    key: 'poster',
    name: <Trans>Poster</Trans>,
    Icon: QrCode,
    Page: later(() => import('./poster-tab'), 'PosterTab'),
    isForManagers: true,
  },
];
