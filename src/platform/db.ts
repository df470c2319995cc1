import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, QueryFailedError, type EntityManager } from 'typeorm';
import type { Scope } from './scope.js';

declare const inScope: unique symbol;
declare const inTransaction: unique symbol;

/** An EntityManager whose transaction carries a scope. Without one, row-level security would show nothing. */
export type Reader = EntityManager & { readonly [inScope]: true };

/**
 * A Reader that may write. Only Db.tx makes one, so whatever takes a `Tx` cannot be called outside a
 * writing transaction: passing on a `Reader` does not compile.
 */
export type Tx = Reader & { readonly [inTransaction]: true };

/** serialization_failure and deadlock_detected: the transaction was rolled back through no fault of its own. */
const RETRYABLE_STATES = new Set(['40001', '40P01']);
const ATTEMPTS_MAX = 3;
const RETRY_PAUSE_MAX_MS = 50;

@Injectable()
export class Db {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs one use case in one READ COMMITTED transaction. A deadlock or a serialization failure runs the
   * whole of `work` again, so `work` must touch nothing but the database. Never nest: pass `tx` on.
   */
  async tx<Result>(scope: Scope, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.run(scope, 'off', (manager) => work(manager as Tx));
      } catch (error) {
        if (attempt === ATTEMPTS_MAX || !RETRYABLE_STATES.has(sqlState(error) ?? '')) throw error;
        await sleep(Math.random() * RETRY_PAUSE_MAX_MS);
      }
    }
  }

  /** Reads in a transaction of its own, which the database keeps from writing. */
  read<Result>(scope: Scope, work: (on: Reader) => Promise<Result>): Promise<Result> {
    return this.run(scope, 'on', (manager) => work(manager as Reader));
  }

  /**
   * As `read`, from the replica where there is one: a moment behind, so only for what strangers look at, never for a
   * decision, nor for somebody who has just written it.
   */
  async readBehind<Result>(scope: Scope, work: (on: Reader) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner('slave');
    try {
      return await runner.manager.transaction((manager) =>
        scoped(manager, scope, 'on', (on) => work(on as Reader)),
      );
    } finally {
      await runner.release();
    }
  }

  private run<Result>(
    scope: Scope,
    readOnly: 'on' | 'off',
    work: (manager: EntityManager) => Promise<Result>,
  ): Promise<Result> {
    return this.dataSource.transaction((manager) => scoped(manager, scope, readOnly, work));
  }
}

/** The settings end with the transaction, so that a pooled connection carries nobody's scope on. */
async function scoped<Result>(
  manager: EntityManager,
  scope: Scope,
  readOnly: 'on' | 'off',
  work: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  await manager.query(
    `SELECT set_config('app.networks', $1, true), set_config('app.person', $2, true),
            set_config('app.scope', $3, true), set_config('transaction_read_only', $4, true)`,
    [scope.networks.join(','), scope.person ?? '', scope.name ?? '', readOnly],
  );
  return work(manager);
}

/**
 * Runs SQL and returns its rows. TypeORM itself returns the rows of an INSERT or SELECT, but
 * `[rows, count]` for UPDATE and DELETE; here every statement gives rows.
 */
export async function sql<Row>(on: Reader, text: string, values: unknown[] = []): Promise<Row[]> {
  const result = await on.query<Row[] | [Row[], number]>(text, values);
  return isRowsAndCount(result) ? result[0] : result;
}

function isRowsAndCount<Row>(result: Row[] | [Row[], number]): result is [Row[], number] {
  return result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
}

/** The five-character SQLSTATE of a failed query, if that is what `error` is. */
export function sqlState(error: unknown): string | undefined {
  return driverError(error)?.code;
}

/** Did the database refuse because of this constraint? The way a CHECK or UNIQUE becomes a Problem. */
export function violates(error: unknown, constraint: string): boolean {
  return driverError(error)?.constraint === constraint;
}

function driverError(error: unknown): { code?: string; constraint?: string } | undefined {
  return error instanceof QueryFailedError ? error.driverError : undefined;
}
