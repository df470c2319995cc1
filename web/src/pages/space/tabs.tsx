import { Trans } from '@lingui/react/macro';
import { DeviceTablet, Storefront, SunHorizon, type Icon } from '@phosphor-icons/react';
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
    key: 'profile',
    name: <Trans>Profile</Trans>,
    Icon: Storefront,
    Page: later(() => import('./profile-tab'), 'ProfileTab'),
  },
  {
    key: 'devices',
    name: <Trans>Tablets</Trans>,
    Icon: DeviceTablet,
    Page: later(() => import('./devices-tab'), 'DevicesTab'),
    isForManagers: true,
  },
];
