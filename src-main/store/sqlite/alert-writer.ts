import type { Database, Statement } from 'better-sqlite3';
import { createIds, type NewId } from '../../platform/ids.ts';
import type { Detection } from '#shared/model/alert.ts';
import type { Entity } from '#shared/model/entity.ts';
import { ContributorWriter } from './contributors.ts';
import type { StoredEvent } from './event-writer.ts';
import type { KeyTable } from './key-table.ts';

/** Detections of one dedup key fold into one alert within this much event time (document 004). */
export const DEDUP_WINDOW_MS = 900_000;

/** Distinct entities an alert lists. A scan over a network folds thousands; the occurrences still have them all. */
const ENTITY_LIMIT = 100;

interface OpenAlert {
  readonly key: number;
  readonly id: string;
  readonly entities: string;
}

export interface FoldResult {
  /** Alerts created or bumped, in order, each once. */
  readonly alertIds: readonly string[];
  readonly created: number;
  readonly orphaned: number;
}

/** Folds detections into alerts. Runs inside the batch's transaction, after its events are stored. */
export class AlertWriter {
  readonly #groups: KeyTable;
  readonly #newId: NewId = createIds();
  readonly #isKnown: Statement<[number, number], number>;
  readonly #findOpen: Statement<[number, number, number, number], OpenAlert>;
  readonly #insert: Statement;
  readonly #bump: Statement;
  readonly #addOccurrence: Statement;
  readonly #contributors: ContributorWriter;

  constructor(db: Database, groups: KeyTable) {
    this.#groups = groups;
    this.#isKnown = db
      .prepare<[number, number], number>('SELECT 1 FROM alert_events WHERE group_key = ? AND event_seq = ?')
      .pluck();
    this.#findOpen = db.prepare(
      `SELECT key, id, entities FROM alerts
       WHERE group_key = ? AND last_seen >= ? AND first_seen <= ?
       ORDER BY abs(ts - ?), key LIMIT 1`,
    );
    this.#insert = db.prepare(
      `INSERT INTO alerts (id, group_key, ts, rule_id, rule_kind, severity, title, author, tags, tactic, technique,
         entities, dedup_key, count, first_seen, last_seen, matched)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`,
    );
    this.#bump = db.prepare(
      `UPDATE alerts SET count = count + 1, first_seen = min(first_seen, ?), last_seen = max(last_seen, ?),
         entities = ? WHERE key = ?`,
    );
    this.#contributors = new ContributorWriter(db);
    this.#addOccurrence = db.prepare(
      'INSERT INTO alert_events (group_key, event_seq, alert_key, event_ts) VALUES (?, ?, ?, ?)',
    );
  }

  /** `eventOf` finds the stored event of an id, in this batch or before it. */
  fold(detections: readonly Detection[], eventOf: (id: string) => StoredEvent | null): FoldResult {
    const alertIds = new Set<string>();
    let created = 0;
    let orphaned = 0;
    for (const detection of detections) {
      const event = eventOf(detection.eventId);
      if (event === null) {
        orphaned += 1;
        continue;
      }
      const group = this.#groups.key(detection.ruleId, detection.dedupKey);
      if (this.#isKnown.get(group, event.seq) !== undefined) continue;
      const open = this.#openAlert(group, detection.eventTs);
      if (open === null) created += 1;
      const alert = open === null ? this.#open(detection, group, eventOf) : this.#add(detection, open, event);
      this.#addOccurrence.run(group, event.seq, alert.key, detection.eventTs);
      alertIds.add(alert.id);
    }
    return { alertIds: [...alertIds], created, orphaned };
  }

  #openAlert(group: number, ts: number): OpenAlert | null {
    return this.#findOpen.get(group, ts - DEDUP_WINDOW_MS, ts + DEDUP_WINDOW_MS, ts) ?? null;
  }

  /** Only the firing that opens an alert says which events made it; later ones are occurrences of the same. */
  #open(
    detection: Detection,
    group: number,
    eventOf: (id: string) => StoredEvent | null,
  ): { key: number; id: string } {
    if (detection.contributors === undefined) return this.#create(detection, group);
    const events = detection.contributors.flatMap((id) => eventOf(id) ?? []);
    const entities = [...detection.entities, ...this.#contributors.entitiesOf(events)];
    const alert = this.#create({ ...detection, entities }, group);
    this.#contributors.store(alert.key, events);
    return alert;
  }

  #create(detection: Detection, group: number): { key: number; id: string } {
    const id = `alr_${this.#newId()}`;
    const { lastInsertRowid } = this.#insert.run(
      id,
      group,
      detection.eventTs,
      detection.ruleId,
      detection.ruleKind,
      detection.level,
      detection.title,
      detection.author,
      JSON.stringify(detection.tags),
      detection.attack?.tactic ?? null,
      detection.attack?.technique ?? null,
      JSON.stringify(detection.entities.slice(0, ENTITY_LIMIT)),
      detection.dedupKey,
      detection.eventTs,
      detection.eventTs,
      JSON.stringify(detection.matched),
    );
    return { key: Number(lastInsertRowid), id };
  }

  #add(detection: Detection, alert: OpenAlert, event: StoredEvent): { key: number; id: string } {
    const ofEvent = detection.contributors === undefined ? [] : this.#contributors.entitiesOf([event]);
    const entities = withEntities(alert.entities, [...detection.entities, ...ofEvent]);
    this.#bump.run(detection.eventTs, detection.eventTs, entities, alert.key);
    return alert;
  }
}

/** `json` with those of `added` that it lacks. */
function withEntities(json: string, added: readonly Entity[]): string {
  const missing = added.filter((entity) => !json.includes(entity.uuid));
  if (missing.length === 0) return json;
  const known = JSON.parse(json) as Entity[]; // Written by this file.
  return JSON.stringify([...known, ...missing].slice(0, ENTITY_LIMIT));
}
