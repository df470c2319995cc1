/** What a treasurer does with a window, over HTTP: find it, close it, take it through its steps to the end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, type Client } from './client.js';
import { CLEARING_NETWORK, type Wire } from './world.js';

export type Window = {
  readonly id: string;
  readonly number: number;
  readonly state: 'OPEN' | 'CLOSED' | 'ADVISED' | 'CALLED' | 'SETTLED';
  readonly totals: readonly {
    readonly unit: string;
    readonly lines: number;
    readonly grossMinor: number;
    readonly paymentsMinor: number;
    readonly payments: number;
    readonly reductionPercent: number;
  }[];
};
type Named = { readonly id: string; readonly name: string };
export type Position = { readonly party: Named; readonly unit: string; readonly netMinor: number };
export type Payment = {
  readonly id: string;
  readonly kind: 'NETTED' | 'GROSS';
  readonly from: Named;
  readonly to: Named;
  readonly amount: Wire;
};
export type Proof = {
  readonly holds: boolean;
  readonly linesHash: string;
  readonly checks: readonly { readonly name: string; readonly holds: boolean; readonly detail: string }[];
};
type Page<Item> = { readonly items: readonly Item[] };

/** The newest window that is in one of these states. */
export async function findWindow(
  treasurer: Client,
  states: readonly Window['state'][],
): Promise<Window | null> {
  const { items } = await treasurer.get<Page<Window>>(`/v1/windows?networkId=${CLEARING_NETWORK.id}`);
  const found = items
    .filter((window) => states.includes(window.state))
    .toSorted((a, b) => b.number - a.number)[0];
  return found ? treasurer.get<Window>(`/v1/windows/${found.id}`) : null;
}

export function closeWindow(treasurer: Client, windowId: string): Promise<Window> {
  return treasurer.put<Window>(`/v1/windows/${windowId}/closure`);
}

export async function positionsOf(treasurer: Client, windowId: string): Promise<readonly Position[]> {
  return (await treasurer.get<Page<Position>>(`/v1/windows/${windowId}/positions`)).items;
}

export async function paymentsOf(treasurer: Client, windowId: string): Promise<readonly Payment[]> {
  return (await treasurer.get<Page<Payment>>(`/v1/windows/${windowId}/payments`)).items;
}

export function proofOf(treasurer: Client, windowId: string): Promise<Proof> {
  return treasurer.get<Proof>(`/v1/windows/${windowId}/proof`);
}

/** Statements out, payments called, each executed, window settled. Returns the settled window. */
export async function settleWindow(treasurer: Client, windowId: string): Promise<Window> {
  await treasurer.put(`/v1/windows/${windowId}/advice`);
  await treasurer.put(`/v1/windows/${windowId}/call`);
  for (const payment of await paymentsOf(treasurer, windowId)) await execute(treasurer, payment.id);
  return treasurer.put<Window>(`/v1/windows/${windowId}/settlement`);
}

const TRIES_MAX = 100;
const PAUSE_MS = 100;

/** The worker issues the instruction from the queue: a moment after the call. */
async function execute(treasurer: Client, paymentId: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await treasurer.put(`/v1/payments/${paymentId}/execution`);
      return;
    } catch (error) {
      const isEarly = error instanceof Refused && error.code === 'payment.not_instructed';
      if (!isEarly || tries === TRIES_MAX) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
