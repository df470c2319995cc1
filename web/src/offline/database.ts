import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { WaitingScan } from '../door/outbox.rules';
import type { HeldCredential, HolderKey } from '../pass/held';

/** What must survive without a network, beside the read cache: keys, credentials, waiting scans, the paired door. */
export interface EscaleDb extends DBSchema {
  holderKeys: { key: string; value: HolderKey };
  credentials: { key: string; value: HeldCredential };
  outbox: { key: string; value: WaitingScan };
  door: { key: string; value: unknown };
  doorMemory: { key: string; value: { readonly key: string; readonly untilMs: number } };
}

let opened: Promise<IDBPDatabase<EscaleDb>> | undefined;

export function database(): Promise<IDBPDatabase<EscaleDb>> {
  opened ??= openDB<EscaleDb>('escale', 2, {
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore('holderKeys', { keyPath: 'passId' });
        db.createObjectStore('credentials', { keyPath: 'passId' });
        db.createObjectStore('outbox', { keyPath: 'id' });
        db.createObjectStore('door');
      }
      db.createObjectStore('doorMemory', { keyPath: 'key' });
    },
  });
  return opened;
}
