/**
 * What a transaction may see and write: the second layer behind every query's own conditions.
 * The database compares rows with these settings (row-level security); an empty scope sees nothing owned.
 */
export type Scope = {
  /** The networks whose rows are in reach. */
  readonly networks: readonly string[];
  /** The person whose own rows are in reach. */
  readonly person?: string | null;
  /** A narrow, named reach over rows of every network; each table's policy lists the names it admits. */
  readonly name?: ScopeName;
};

/**
 * Who may look over the networks' borders, and for what:
 * - `identity`: finding out who somebody is, before there is an actor;
 * - `relay`: handing events to the queue;
 * - `sweep`: what falls due in any network (held bookings, no-shows, visits to seal);
 * - `clearing`: settling between networks;
 * - `catalogue`: what anybody tells about places that belong to no network;
 * - `stays`: an immersion stay, whose parties are a person, institutions of no network and hosts of another one;
 * - `operator`: the command line on the server (imports, verification, the demo).
 */
export type ScopeName = 'identity' | 'relay' | 'sweep' | 'clearing' | 'catalogue' | 'stays' | 'operator';

/** Sees only what everybody may see. */
export const PUBLIC_SCOPE: Scope = { networks: [] };

export function namedScope(name: ScopeName): Scope {
  return { networks: [], name };
}

/** The same scope, with more networks in reach: a visit concerns two. */
export function withNetworks(scope: Scope, ...networks: string[]): Scope {
  return { ...scope, networks: [...new Set([...scope.networks, ...networks])] };
}
