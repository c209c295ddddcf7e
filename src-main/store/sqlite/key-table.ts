import type { Database, Statement } from 'better-sqlite3';

/** Known keys kept in memory. A folder import can have one evidence file for each of many thousand paths. */
const CACHE_LIMIT = 10_000;

/**
 * Small integers for long texts that many rows repeat: a table of `key` and unique text columns, filled as new
 * texts are met. Runs inside the caller's transaction; after a rollback call `forget`.
 */
export class KeyTable {
  readonly #find: Statement;
  readonly #insert: Statement;
  readonly #known = new Map<string, number>();

  /** `table` and `columns` are names from our own source, never from input. */
  constructor(db: Database, table: 'sources' | 'evidence' | 'alert_groups', columns: readonly string[]) {
    const match = columns.map((column) => `${column} = ?`).join(' AND ');
    this.#find = db.prepare(`SELECT key FROM ${table} WHERE ${match}`).pluck();
    const marks = columns.map(() => '?').join(', ');
    this.#insert = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
  }

  key(...texts: string[]): number {
    const name = texts.join('\n');
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const found = this.#find.get(...texts) as number | undefined; // `key` is INTEGER PRIMARY KEY.
    const key = found ?? Number(this.#insert.run(...texts).lastInsertRowid);
    if (this.#known.size >= CACHE_LIMIT) this.#known.clear();
    this.#known.set(name, key);
    return key;
  }

  forget(): void {
    this.#known.clear();
  }
}
