import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { createContext, use, type ReactNode } from 'react';

export type Here = {
  readonly networkId: string;
  readonly name: string;
  readonly personId: string;
  /** What follows the network in the address. */
  readonly path: readonly string[];
  /** May they read the whole clearing house? Members read their own. */
  readonly mayRead: boolean;
  readonly mayAct: boolean;
  /** May they change agreements? That is for those who run the network. */
  readonly mayAgree: boolean;
};

export const HereContext = createContext<Here | null>(null);

export function useHere(): Here {
  return use(HereContext)!;
}

export type Search = Record<string, string | undefined>;

type Props = {
  to: string;
  search?: Search;
  className?: string;
  'aria-current'?: 'page' | undefined;
  children: ReactNode;
};

/** To another page of the same network. */
export function NetLink({ to, search = {}, children, className, ...aria }: Props) {
  const { networkId } = useHere();
  return (
    <Link
      to="/network/$"
      params={{ _splat: `${networkId}/${to}` }}
      search={search}
      {...(className ? { className } : {})}
      {...(aria['aria-current'] ? { 'aria-current': aria['aria-current'] } : {})}
    >
      {children}
    </Link>
  );
}

/** Filters, tabs and open drawers live in the address: what one sees can be sent to a colleague. */
export function useAddress(): [Search, (changes: Search, how?: { isNewPlace?: boolean }) => void] {
  const search = useSearch({ from: '/page/network/$' });
  const navigate = useNavigate({ from: '/network/$' });
  const set = (changes: Search, { isNewPlace = false } = {}) =>
    void navigate({
      to: '.',
      search: (before: Search) => ({ ...before, ...changes }),
      replace: !isNewPlace,
      resetScroll: false,
    });
  return [search, set];
}
