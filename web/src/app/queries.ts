import { QueryClient } from '@tanstack/react-query';
import { createAsyncStoragePersister } from '@tanstack/query-async-storage-persister';
import type { PersistQueryClientProviderProps } from '@tanstack/react-query-persist-client';
import { clear, createStore, del, get, set } from 'idb-keyval';
import { ApiProblem } from '../api/call';

const WEEK_MS = 7 * 86_400_000;

/** A refusal is an answer: only a lost network is worth a second try. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: WEEK_MS,
      retry: (failures, error) => !(error instanceof ApiProblem) && failures < 1,
      networkMode: 'offlineFirst',
    },
    mutations: { networkMode: 'always' },
  },
});

const store = createStore('escale-read', 'answers');

/** Kept on the device: only what a query marks with `meta: { offline: true }`. */
export const persistence: PersistQueryClientProviderProps['persistOptions'] = {
  persister: createAsyncStoragePersister({
    storage: {
      getItem: async (key) => (await get<string>(key, store)) ?? null,
      setItem: (key, value) => set(key, value, store),
      removeItem: (key) => del(key, store),
    },
  }),
  maxAge: WEEK_MS,
  buster: '1',
  dehydrateOptions: {
    // that nobody is signed in is not kept: whoever loads the page right after signing in would be told so again
    shouldDehydrateQuery: ({ meta, state }) =>
      meta?.['offline'] === true && state.data !== undefined && state.data !== null,
  },
};

/** At sign-out: nothing of a person stays readable on the device. */
export async function forgetAnswers(): Promise<void> {
  queries.clear();
  await clear(store);
}
