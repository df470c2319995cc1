import { Trans } from '@lingui/react/macro';
import {
  Bank,
  BookOpen,
  CalendarCheck,
  ChartLineUp,
  ClipboardText,
  CurrencyEur,
  Export,
  Files,
  Flask,
  Handshake,
  Gavel,
  Heartbeat,
  ListMagnifyingGlass,
  Receipt,
  Scales,
  Scroll,
  Signature,
  Warning,
  WebhooksLogo,
  type Icon,
} from '@phosphor-icons/react';
import { lazy, type ComponentType, type ReactNode } from 'react';

type Room = {
  readonly key: string;
  readonly name: ReactNode;
  readonly Icon: Icon;
  readonly Page: ComponentType;
  /** Every member may look in; or only they, whose own it is. */
  readonly isForMembers?: true;
  readonly isMembersOwn?: true;
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
    key: 'usage',
    name: <Trans>Usage</Trans>,
    Icon: ListMagnifyingGlass,
    Page: later(() => import('./usage-page'), 'UsagePage'),
  },
  {
    key: 'agreements',
    name: <Trans>Agreements</Trans>,
    Icon: Handshake,
    Page: later(() => import('./agreements-page'), 'AgreementsPage'),
  },
  {
    key: 'windows',
    name: <Trans>Windows</Trans>,
    Icon: CalendarCheck,
    Page: later(() => import('./windows-page'), 'WindowsPage'),
  },
  {
    key: 'disputes',
    name: <Trans>Disputes</Trans>,
    Icon: Scales,
    Page: later(() => import('./disputes-page'), 'DisputesPage'),
  },
  {
    key: 'bank',
    name: <Trans>Bank</Trans>,
    Icon: Bank,
    Page: later(() => import('./bank-page'), 'BankPage'),
  },
  {
    key: 'documents',
    name: <Trans>Documents</Trans>,
    Icon: Files,
    Page: later(() => import('./documents-page'), 'DocumentsPage'),
  },
  {
    key: 'failed',
    name: <Trans>Payments that failed</Trans>,
    Icon: Warning,
    Page: later(() => import('./failed-page'), 'FailedPage'),
  },
  {
    key: 'rates',
    name: <Trans>Exchange rates</Trans>,
    Icon: CurrencyEur,
    Page: later(() => import('./rates-page'), 'RatesPage'),
  },
  {
    key: 'rules',
    name: <Trans>Rules</Trans>,
    Icon: Gavel,
    Page: later(() => import('./rules-page'), 'RulesPage'),
  },
  {
    key: 'exports',
    name: <Trans>Exports</Trans>,
    Icon: Export,
    Page: later(() => import('./exports-page'), 'ExportsPage'),
  },
  {
    key: 'books',
    name: <Trans>Books</Trans>,
    Icon: BookOpen,
    Page: later(() => import('./books-page'), 'BooksPage'),
  },
  {
    key: 'laboratory',
    name: <Trans>Laboratory</Trans>,
    Icon: Flask,
    Page: later(() => import('./laboratory-page'), 'LaboratoryPage'),
  },
  {
    key: 'statements',
    name: <Trans>Statements</Trans>,
    Icon: Receipt,
    Page: later(() => import('./statements-page'), 'StatementsPage'),
    isForMembers: true,
    isMembersOwn: true,
  },
  {
    key: 'health',
    name: <Trans>Settlement health</Trans>,
    Icon: Heartbeat,
    Page: later(() => import('./health-page'), 'HealthPage'),
    isForMembers: true,
  },
  {
    key: 'charter',
    name: <Trans>Charter</Trans>,
    Icon: Signature,
    Page: later(() => import('../charter/charter-room'), 'CharterRoom'),
  },
  {
    key: 'duties',
    name: <Trans>Duties</Trans>,
    Icon: ClipboardText,
    Page: later(() => import('./duties-page'), 'DutiesPage'),
    isForMembers: true,
  },
  {
    key: 'hooks',
    name: <Trans>Webhooks</Trans>,
    Icon: WebhooksLogo,
    Page: later(() => import('./hooks-page'), 'HooksPage'),
  },
  {
    key: 'audit',
    name: <Trans>Audit</Trans>,
    Icon: Scroll,
    Page: later(() => import('./audit-page'), 'AuditPage'),
  },
];
