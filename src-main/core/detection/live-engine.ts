import type { Detection } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import type { SigmaEngine } from '../../detect/sigma/engine.ts';
import { MatchCollection, placed } from './match-collection.ts';

/** After this long without a live event, nothing comes any more that could stand before the last ones. */
const IDLE_MS = 30_000;

/** What the correlations of an import found. */
export interface ImportCorrelation {
  readonly detections: readonly Detection[];
  /** Matches that correlations could not look at, because too many were collected. */
  readonly leftOut: number;
}

/**
 * The engine in use, with what belongs to streams of events rather than to rules: live events go through its
 * correlations as they come, those of an import are collected until it has ended.
 */
export class LiveEngine {
  #engine: SigmaEngine | null = null;
  /** By import; null when the rules changed under it, and what was collected fits no longer. */
  readonly #imports = new Map<string, MatchCollection | null>();
  /** Events that a recall has fed already. */
  readonly #recalled = new Set<string>();
  #lastLiveMs = -Infinity;
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get engine(): SigmaEngine | null {
    return this.#engine;
  }

  /** Takes a new engine into use; correlations whose meaning is the same go on from where they were. */
  replace(next: SigmaEngine): void {
    if (this.#engine !== null) next.restoreState(this.#engine.exportState());
    this.#engine = next;
    for (const importId of this.#imports.keys()) this.#imports.set(importId, null);
  }

  detect(events: readonly LogEvent[]): readonly Detection[] {
    const engine = this.#required();
    const importId = events[0]?.sourceId ?? '';
    if (!this.#imports.has(importId)) return this.#detectLive(engine, events);
    const { detections, matches } = engine.collect(events);
    this.#imports.get(importId)?.add(placed(matches, events));
    return detections;
  }

  /** From now on events of this source are collected, also when they were before. */
  beginImport(importId: string): void {
    this.#imports.set(importId, new MatchCollection());
  }

  /** What correlations find in an import; null when its events have to be collected again. */
  endImport(importId: string): ImportCorrelation | null {
    const collection = this.#imports.get(importId) ?? null;
    this.#imports.delete(importId);
    if (collection === null) return null;
    const matches = collection.inOrder().map(({ match }) => match);
    return { detections: this.#required().correlate(matches), leftOut: collection.leftOut };
  }

  exportState(): Uint8Array {
    return this.#required().exportState();
  }

  restoreState(state: Uint8Array): boolean {
    return this.#required().restoreState(state);
  }

  /** Live events that the state does not cover yet; they may come again, and then count once. */
  recall(events: readonly LogEvent[]): readonly Detection[] {
    for (const { id } of events) this.#recalled.add(id);
    return this.#required().detect(events);
  }

  /** What waits for events before it, once no more have come for a while. */
  settle(): readonly Detection[] {
    if (this.#engine === null || this.#nowMs() - this.#lastLiveMs < IDLE_MS) return [];
    return this.#engine.flush();
  }

  #detectLive(engine: SigmaEngine, events: readonly LogEvent[]): readonly Detection[] {
    this.#lastLiveMs = this.#nowMs();
    if (this.#recalled.size === 0) return engine.detect(events);
    const isRecalled = ({ id }: LogEvent): boolean => this.#recalled.has(id);
    const again = events.filter(isRecalled);
    const fresh = events.filter((event) => !isRecalled(event));
    return [...engine.collect(again).detections, ...engine.detect(fresh)];
  }

  #required(): SigmaEngine {
    // Without rules nothing may pass as examined.
    if (this.#engine === null) throw new Error('No rules are loaded.');
    return this.#engine;
  }
}
