import { Trans } from '@lingui/react/macro';
import {
  Bank,
  CalendarCheck,
  ChartLineUp,
  CurrencyEur,
  Files,
  Handshake,
  Heartbeat,
  ListMagnifyingGlass,
  Scales,
  Scroll,
  type Icon,
} from '@phosphor-icons/react';
import { lazy, type ComponentType, type ReactNode } from 'react';

type Room = {
  readonly key: string;
  readonly name: ReactNode;
  readonly Icon: Icon;
  readonly Page: ComponentType;
  /** Every member may look in. */
  readonly isForMembers?: true;
};

const later = (load: () => Promise<Record<string, unknown>>, name: string) =>
  lazy(async () => ({ default: (await load())[name] as ComponentType }));

/** The rooms of a clearing house: /network/<id>/<key>/… */
export const ROOMS: readonly Room[] = [
  {
    key: 'overview',
    name: <Trans>Overview</Trans>,
    Icon: ChartLineUp,
    Page: later(() => import('./overview-page'), 'OverviewPage'),
  },
  {
    key: 'windows',
    name: <Trans>Windows</Trans>,
    Icon: CalendarCheck,
    Page: later(() => import('./windows-page'), 'WindowsPage'),
  },
];
