import BetterSqlite, { type Database, type Statement } from 'better-sqlite3';
import { join } from 'node:path';
import type { EventColumns } from '../../pipeline/columns.ts';
import { configure } from './open.ts';

/** The least a store could do: one plain table, no index. What the benchmark measures the real one against. */
export class RawStore {
  readonly #db: Database;
  readonly #insert: Statement;
  readonly #columns: readonly (keyof EventColumns)[] = [
    'id',
    'eventTs',
    'observedTs',
    'source',
    'sourceId',
    'severity',
    'host',
    'message',
    'category',
    'product',
    'service',
    'fields',
    'mapped',
    'entities',
    'evidenceId',
    'path',
    'offset',
    'length',
    'recordId',
    'flags',
  ];

  constructor(folder: string) {
    this.#db = new BetterSqlite(join(folder, 'raw.db'));
    configure(this.#db);
    this.#db.exec(`CREATE TABLE events (${this.#columns.join(', ')})`);
    this.#insert = this.#db.prepare(`INSERT INTO events VALUES (${this.#columns.map(() => '?').join(', ')})`);
  }

  /** One transaction. */
  commit(events: EventColumns): void {
    this.#db.transaction(() => {
      for (let row = 0; row < events.id.length; row += 1)
        this.#insert.run(...this.#columns.map((column) => events[column][row]));
    })();
  }

  close(): void {
    this.#db.close();
  }
}
