import type { LogEvent } from '#shared/model/event.ts';
import type { SigmaEngine } from '../src-main/detect/sigma/engine.ts';
import { rounded } from './kit.ts';

/** Batch size of the product's pipeline. */
const BATCH = 1000;
/** Passes over the events: the first ones warm the machine code, the best one counts. */
const PASSES = 5;

export interface Pace {
  readonly events_per_s: number;
  /** Processor time of this thread for one event: hardly changes with what else the machine is doing. */
  readonly cpu_us: number;
}

/** The best of some passes. */
export function paceOf(count: number, pass: () => void, passes = PASSES): Pace {
  let best = Number.POSITIVE_INFINITY;
  let bestCpu = Number.POSITIVE_INFINITY;
  for (let round = 0; round < passes; round++) {
    const started = performance.now();
    const before = process.threadCpuUsage();
    pass();
    const { user, system } = process.threadCpuUsage(before);
    best = Math.min(best, performance.now() - started);
    bestCpu = Math.min(bestCpu, user + system);
  }
  return { events_per_s: rounded((count * 1000) / best), cpu_us: rounded(bestCpu / count) };
}

/** Looks at all events in batches; returns how many detections there were. */
export function detectAll(engine: SigmaEngine, events: readonly LogEvent[]): number {
  let detections = 0;
  for (let at = 0; at < events.length; at += BATCH) {
    detections += engine.detect(events.slice(at, at + BATCH)).length;
  }
  return detections;
}

/** Time within which 99 of 100 events are looked at, each by itself, microseconds. */
export function p99Us(engine: SigmaEngine, events: readonly LogEvent[]): number {
  const times = events.map((event) => {
    const started = performance.now();
    engine.detect([event]);
    return (performance.now() - started) * 1000;
  });
  return times.sort((left, right) => left - right)[Math.floor(times.length * 0.99)] ?? 0;
}
