import type { Database, Statement } from 'better-sqlite3';
import type { EventColumns } from '../../pipeline/columns.ts';
import type { LogsourceCount } from '../interface/reader.ts';
import type { KeyTable } from './key-table.ts';

interface Tally {
  readonly source: number;
  /** Category, product and service; empty where the event has none. */
  readonly parts: readonly [string, string, string];
  events: number;
  lastTs: number;
}

/** Which log sources have sent events, by intake, so that nobody has to look through the events to know. */
export class LogsourceBooks {
  readonly #sources: KeyTable;
  readonly #add: Statement;

  constructor(db: Database, sources: KeyTable) {
    this.#sources = sources;
    this.#add = db.prepare(
      `INSERT INTO event_logsources (source_key, category, product, service, events, last_ts)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + excluded.events, last_ts = max(last_ts, excluded.last_ts)`,
    );
  }

  /** Runs inside the batch's transaction, once for events that were stored. */
  store(columns: EventColumns): void {
    const tallies = new Map<string, Tally>();
    for (let row = 0; row < columns.id.length; row += 1) {
      const parts = [
        columns.category[row] ?? '',
        columns.product[row] ?? '',
        columns.service[row] ?? '',
      ] as const;
      const sourceId = columns.sourceId[row] ?? '';
      const eventTs = columns.eventTs[row] ?? 0;
      const key = [sourceId, ...parts].join('\n');
      const known = tallies.get(key);
      if (known === undefined) {
        tallies.set(key, { source: this.#sources.key(sourceId), parts, events: 1, lastTs: eventTs });
      } else {
        known.events += 1;
        known.lastTs = Math.max(known.lastTs, eventTs);
      }
    }
    for (const { source, parts, events, lastTs } of tallies.values())
      this.#add.run(source, ...parts, events, lastTs);
  }
}

/** Log sources of the stored events, whoever sent them. */
export function readLogsources(db: Database): readonly LogsourceCount[] {
  interface Row {
    readonly category: string | null;
    readonly product: string | null;
    readonly service: string | null;
    readonly events: number;
    readonly lastTs: number;
  }
  return db
    .prepare<[], Row>(
      `SELECT nullif(category, '') AS category, nullif(product, '') AS product, nullif(service, '') AS service,
         sum(events) AS events, max(last_ts) AS lastTs
       FROM event_logsources GROUP BY category, product, service ORDER BY category, product, service`,
    )
    .all()
    .map(({ events, lastTs, ...logsource }) => ({ logsource, events, lastTs }));
}
