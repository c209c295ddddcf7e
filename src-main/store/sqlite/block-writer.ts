import type { Database, Statement } from 'better-sqlite3';
import { fold } from '#shared/query/fold.ts';
import { addKey, addText, BLOCK_BYTES, BLOCK_ROWS } from './block-index.ts';

/** What the text index takes of an event. `entities` in column form (`type|uuid|value` lines). */
export interface IndexedText {
  readonly eventTs: number;
  readonly host: string;
  readonly message: string;
  readonly fields: string;
  readonly mapped: string | null;
  readonly entities: string;
}

/**
 * Builds the text index as events come in. A block is written with the event that begins the next one; until
 * then readers check its events one by one. Its bits are only kept in memory: after a restart or a rollback
 * they are built again from the stored events.
 */
export class BlockWriter {
  readonly #db: Database;
  readonly #insert: Statement;
  #bits = new Uint8Array(BLOCK_BYTES);
  #block = 0;
  #firstTs = Infinity;
  #lastTs = -Infinity;
  #next = 0;

  constructor(db: Database) {
    this.#db = db;
    this.#insert = db.prepare(
      'INSERT OR REPLACE INTO event_blocks (block, first_ts, last_ts, bits) VALUES (?, ?, ?, ?)',
    );
    this.rebuild();
  }

  /** Indexes the next event and gives it its number. Runs inside the transaction that stores the event. */
  add(event: IndexedText): number {
    const seq = this.#next;
    const block = Math.floor(seq / BLOCK_ROWS);
    if (block !== this.#block) {
      this.#insert.run(this.#block, this.#firstTs, this.#lastTs, this.#bits);
      this.#begin(block);
    }
    this.#next = seq + 1;
    this.#index(event);
    return seq;
  }

  /** Forgets what a rolled-back transaction added. */
  rebuild(): void {
    const count = this.#db.prepare<[], { last: number; block: number }>(
      'SELECT (SELECT coalesce(max(seq), 0) FROM events) AS last, (SELECT coalesce(max(block), -1) FROM event_blocks) AS block',
    );
    const { last, block } = count.get() ?? { last: 0, block: -1 };
    // Numbers of written blocks are not used again, even when an undo has emptied them.
    const first = (block + 1) * BLOCK_ROWS;
    this.#next = Math.max(last + 1, first, 1);
    this.#begin(Math.floor(this.#next / BLOCK_ROWS));
    const rows = this.#db.prepare<[number], IndexedText>(
      'SELECT event_ts AS eventTs, host, message, fields, mapped, entities FROM events WHERE seq >= ?',
    );
    for (const row of rows.iterate(this.#block * BLOCK_ROWS)) this.#index(row);
  }

  #begin(block: number): void {
    this.#block = block;
    this.#bits = new Uint8Array(BLOCK_BYTES);
    this.#firstTs = Infinity;
    this.#lastTs = -Infinity;
  }

  #index(event: IndexedText): void {
    this.#firstTs = Math.min(this.#firstTs, event.eventTs);
    this.#lastTs = Math.max(this.#lastTs, event.eventTs);
    addText(this.#bits, event.message);
    addText(this.#bits, event.host);
    // The JSON text as it stands, names included: a search escapes its words the same way instead.
    addText(this.#bits, event.fields);
    if (event.mapped !== null) addText(this.#bits, event.mapped);
    if (event.entities === '') return;
    for (const line of event.entities.split('\n')) {
      const [, uuid = '', ...value] = line.split('|');
      addKey(this.#bits, uuid);
      addKey(this.#bits, fold(value.join('|')));
    }
  }
}
