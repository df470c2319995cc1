import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { z } from 'zod';
import { Failed, NotFound } from '../shell/faults';
import { PageShell } from '../shell/page-shell';
import { SignedIn } from '../shell/signed-in';
import type { DataSearch } from '../pages/data/api';
import { findSearch } from '../pages/public/find-search';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Bar, main and thumb bar. The door has the whole screen for itself. */
const page = createRoute({ getParentRoute: () => root, id: 'page', component: PageShell });

const home = createRoute({
  getParentRoute: () => page,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/public/home-page'), 'HomePage'),
});
const spaces = createRoute({
  getParentRoute: () => page,
  path: '/spaces',
  validateSearch: findSearch, // a saved view is a named address
  component: lazyRouteComponent(() => import('../pages/public/find-page'), 'FindPage'),
});
const space = createRoute({
  getParentRoute: () => page,
  path: '/spaces/$spaceId',
  validateSearch: findSearch.pick({ from: true, until: true, part: true }),
  component: lazyRouteComponent(() => import('../pages/public/space-page'), 'SpacePage'),
});
const charter = createRoute({
  getParentRoute: () => page,
  path: '/charter',
  component: lazyRouteComponent(() => import('../pages/charter/charter-page'), 'CharterPage'),
});
const signIn = createRoute({
  getParentRoute: () => page,
  path: '/sign-in',
  // Only an address of ours: "//elsewhere" would leave.
  validateSearch: z.object({
    next: z
      .string()
      .regex(/^\/(?!\/)/)
      .optional()
      .catch(undefined),
    fault: z
      .string()
      .regex(/^identity_provider\.[a-z_]+$/)
      .optional()
      .catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../pages/account/sign-in-page'), 'SignInPage'),
});

const impact = createRoute({
  getParentRoute: () => page,
  path: '/impact',
  validateSearch: (search) => search as { period?: string; territory?: string },
  component: lazyRouteComponent(() => import('../pages/impact/impact-page'), 'ImpactPage'),
});

const roleHome = createRoute({
  getParentRoute: () => page,
  path: '/home/$role',
  component: lazyRouteComponent(() => import('../pages/home/role-home'), 'RoleHome'),
});

/** Where the links of mails lead, and the outbox they are kept in. */
const account = [
  createRoute({
    getParentRoute: () => page,
    path: '/register',
    component: lazyRouteComponent(() => import('../pages/account/register-page'), 'RegisterPage'),
  }),
  createRoute({
    getParentRoute: () => page,
    path: '/confirm-address',
    component: lazyRouteComponent(
      () => import('../pages/account/confirm-address-page'),
      'ConfirmAddressPage',
    ),
  }),
  createRoute({
    getParentRoute: () => page,
    path: '/reset-password',
    component: lazyRouteComponent(() => import('../pages/account/reset-password-page'), 'ResetPasswordPage'),
  }),
  createRoute({
    getParentRoute: () => page,
    path: '/new-password',
    component: lazyRouteComponent(() => import('../pages/account/new-password-page'), 'NewPasswordPage'),
  }),
  createRoute({
    getParentRoute: () => page,
    path: '/invitation',
    component: lazyRouteComponent(() => import('../pages/account/invitation-page'), 'InvitationPage'),
  }),
  createRoute({
    getParentRoute: () => page,
    path: '/mails',
    component: lazyRouteComponent(() => import('../pages/mails/mails-page'), 'MailsPage'),
  }),
] as const;

const me = createRoute({ getParentRoute: () => page, path: '/me', component: SignedIn });
const you = createRoute({
  getParentRoute: () => me,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/me/you-page'), 'YouPage'),
});
const pass = createRoute({
  getParentRoute: () => me,
  path: '/pass',
  component: lazyRouteComponent(() => import('../pages/me/pass-page'), 'PassPage'),
});
const bookings = createRoute({
  getParentRoute: () => me,
  path: '/bookings',
  component: lazyRouteComponent(() => import('../pages/me/bookings-page'), 'BookingsPage'),
});
const booking = createRoute({
  getParentRoute: () => me,
  path: '/bookings/$bookingId',
  component: lazyRouteComponent(() => import('../pages/me/booking-page'), 'BookingPage'),
});
const scanDoor = createRoute({
  getParentRoute: () => me,
  path: '/scan',
  component: lazyRouteComponent(() => import('../pages/me/scan-page'), 'ScanPage'),
});
/** One route for all that is bought and paid, which pages/money/money-area.tsx parts. */
const money = createRoute({
  getParentRoute: () => me,
  path: '/money/$',
  component: lazyRouteComponent(() => import('../pages/money/money-area'), 'MoneyArea'),
});
const incidents = createRoute({
  getParentRoute: () => me,
  path: '/incidents',
  component: lazyRouteComponent(() => import('../pages/me/incidents-page'), 'IncidentsPage'),
});

const security = createRoute({
  getParentRoute: () => me,
  path: '/security',
  component: lazyRouteComponent(() => import('../pages/security/security-page'), 'SecurityPage'),
});
const passDetail = createRoute({
  getParentRoute: () => me,
  path: '/passes/$passId',
  component: lazyRouteComponent(() => import('../pages/me/pass-detail-page'), 'PassDetailPage'),
});
const guest = createRoute({
  getParentRoute: () => page,
  path: '/guest',
  component: lazyRouteComponent(() => import('../pages/account/guest-page'), 'GuestPage'),
});
/** One route for all of immersion stays, and one for a person's own. */
const stays = createRoute({
  getParentRoute: () => page,
  path: '/stays/$',
  component: lazyRouteComponent(() => import('../pages/stays/stays-area'), 'StaysArea'),
});
const myStays = createRoute({
  getParentRoute: () => me,
  path: '/stays/$',
  component: lazyRouteComponent(() => import('../pages/stays/stays-area'), 'MyStaysArea'),
});
/** One route for all of a network, which pages/network/network-area.tsx parts: the first load knows none of it. */
const network = createRoute({
  getParentRoute: () => page,
  path: '/network/$',
  validateSearch: (search) => search as Record<string, string | undefined>,
  component: lazyRouteComponent(() => import('../pages/network/network-area'), 'NetworkArea'),
});

const data = createRoute({
  getParentRoute: () => page,
  path: '/data',
  validateSearch: (search) => search as DataSearch,
  component: lazyRouteComponent(() => import('../pages/data/data-page'), 'DataPage'),
});

/** One route for connected places, which pages/encounters/encounters-area.tsx parts. */
const encounters = createRoute({
  getParentRoute: () => page,
  path: '/encounters/{-$part}',
  component: lazyRouteComponent(() => import('../pages/encounters/encounters-area'), 'EncountersArea'),
});

/** One route for all of an institution. */
const sponsor = createRoute({
  getParentRoute: () => page,
  path: '/sponsor/$',
  component: lazyRouteComponent(() => import('../pages/sponsor/sponsor-area'), 'SponsorArea'),
});

/** One route for the operator's rooms. */
const admin = createRoute({
  getParentRoute: () => page,
  path: '/admin/$',
  component: lazyRouteComponent(() => import('../pages/admin/admin-area'), 'AdminArea'),
});

const manage = createRoute({ getParentRoute: () => page, path: '/space', component: SignedIn });
const manageHome = createRoute({
  getParentRoute: () => manage,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/space/manage-page'), 'ManagePage'),
});
/** One route for all tabs of a space, which pages/space/tabs.tsx lists: the first load knows none of them. */
const office = createRoute({
  getParentRoute: () => manage,
  path: '/$spaceId/{-$tab}',
  validateSearch: (search) => search as Record<string, string | undefined>,
  component: lazyRouteComponent(() => import('../pages/space/office'), 'Office'),
});

const door = createRoute({
  getParentRoute: () => root,
  path: '/desk',
  component: lazyRouteComponent(() => import('../pages/desk/door-page'), 'DoorPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    page.addChildren([
      home,
      spaces,
      space,
      charter,
      impact,
      roleHome,
      signIn,
      ...account,
      me.addChildren([
        you,
        security,
        pass,
        scanDoor,
        money,
        incidents,
        bookings,
        booking,
        passDetail,
        myStays,
      ]),
      guest,
      stays,
      network,
      data,
      encounters,
      sponsor,
      admin,
      manage.addChildren([manageHome, office]),
    ]),
    door,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
