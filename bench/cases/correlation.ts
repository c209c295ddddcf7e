import { CorrelationEngine } from '../../src-main/detect/sigma/correlation/correlation-engine.ts';
import { planCorrelations } from '../../src-main/detect/sigma/correlation/plan-correlations.ts';
import type { BaseMatch } from '../../src-main/detect/sigma/correlation/plan.ts';
import { parseRules } from '../../src-main/detect/sigma/document/parse-rule.ts';
import { report, rounded } from '../kit.ts';

/** Batch size of the product's pipeline. */
const BATCH = 1000;
/** Matches of a run. */
const EVENTS = 200_000;
/** Matches that the naive evaluator gets: it looks at its whole window for each of them. */
const NAIVE_EVENTS = 20_000;
const GROUPS = [1, 1_000, 100_000];
/** Time between two events; with the timespan it makes windows of 60,000 events. */
const STEP_MS = 10;
const TIMESPAN_MS = 600_000;

const TYPES: Readonly<Record<string, string>> = {
  event_count: 'condition: {gte: 50}',
  value_count: 'condition: {gte: 50, field: v}',
  temporal: '',
  temporal_ordered: '',
  value_sum: 'condition: {gt: 4000000, field: v}',
  value_avg: 'condition: {gt: 95, field: v}',
  value_median: 'condition: {gt: 95, field: v}',
  value_percentile: 'condition: {gt: 99, field: v, percentile: 95}',
};

/** The correlation engine on matches, one thread: each type with few and many groups, windows of ten minutes. */
export function run(): Promise<void> {
  for (const type of Object.keys(TYPES)) for (const groups of GROUPS) measure(type, groups);
  return Promise.resolve();
}

function measure(type: string, groups: number): void {
  // A first pass warms the machine code.
  eventsPerSecond(engineFor(type), matches(groups, EVENTS / 4));
  const input = matches(groups, EVENTS);
  const engine = engineFor(type);
  const cpuBefore = process.cpuUsage();
  const rate = eventsPerSecond(engine, input);
  const { user, system } = process.cpuUsage(cpuBefore);
  const [stats] = engine.stats();
  const naive = naiveEventsPerSecond(matches(groups, NAIVE_EVENTS));
  const onSame = eventsPerSecond(engineFor(type), matches(groups, NAIVE_EVENTS));
  report('correlation', `${type}, ${groups} groups`, {
    events_per_s: rounded(rate),
    // With its share of collecting garbage; the same on a machine that others use as well.
    events_per_cpu_s: rounded((input.length * 1e6) / (user + system)),
    bytes_per_group: rounded(bytesPerGroup(type, groups)),
    events_held: stats?.events,
    firings: stats?.firings,
    ratio: rounded(onSame / naive),
    naive_events_per_s: rounded(naive),
  });
}

/** What one group costs in the end, with the ids of its events. */
function bytesPerGroup(type: string, groups: number): number {
  const before = heapBytes();
  const engine = filledEngine(type, groups);
  const held = heapBytes() - before;
  return held / Math.max(1, engine.stats()[0]?.groups ?? 0);
}

/** A function of its own, so that its input is gone when it returns. */
function filledEngine(type: string, groups: number): CorrelationEngine {
  const engine = engineFor(type);
  eventsPerSecond(engine, matches(groups, EVENTS / 2));
  return engine;
}

function engineFor(type: string): CorrelationEngine {
  const rule = (name: string) =>
    `title: ${name}\nid: ${name}\nlogsource: {product: windows}\ndetection: {s: {F: ${name}}, condition: s}\n`;
  const correlation = `title: C\nid: c\ncorrelation:\n  type: ${type}\n  rules: [a, b]\n  group-by: [g]\n  timespan: 10m\n  ${TYPES[type] ?? ''}\n`;
  const documents = parseRules([rule('a'), rule('b'), correlation].join('---\n'), 'bench.yml');
  const plans = planCorrelations({
    ...documents,
    runnable: new Map(documents.rules.map(({ id }) => [id, id])),
    refused: (_, error) => {
      throw error;
    },
  });
  return new CorrelationEngine(plans);
}

/** Matches in time order, spread over the groups; every hundredth is one of the second rule. */
function matches(groups: number, count: number): readonly BaseMatch[] {
  return Array.from({ length: count }, (_, at) => ({
    rule: at % 100 === 99 ? 1 : 0,
    eventId: `01JP${String(at).padStart(22, '0')}`,
    eventTs: 1_767_323_000_000 + at * STEP_MS,
    values: [`group-${(at * 7919) % groups}`, (at * 31) % 101],
  }));
}

function eventsPerSecond(engine: CorrelationEngine, input: readonly BaseMatch[]): number {
  const started = performance.now();
  for (let at = 0; at < input.length; at += BATCH) engine.push(input.slice(at, at + BATCH));
  return (input.length * 1000) / (performance.now() - started);
}

/** Keeps a list for each group and looks through it for every event: what anybody would write first. */
function naiveEventsPerSecond(input: readonly BaseMatch[]): number {
  const lists = new Map<unknown, BaseMatch[]>();
  let held = 0;
  const started = performance.now();
  for (const match of input) {
    const list = (lists.get(match.values[0]) ?? []).filter(
      ({ eventTs }) => eventTs >= match.eventTs - TIMESPAN_MS,
    );
    list.push(match);
    lists.set(match.values[0], list);
    if (new Set(list.map(({ values }) => values[1])).size >= 50) held += 1;
  }
  const elapsedMs = performance.now() - started;
  // Read, so that nothing of the above can be left out as unused.
  return held < 0 ? 0 : (input.length * 1000) / elapsedMs;
}

/** Memory in use after a collection where `node --expose-gc` allows one. */
function heapBytes(): number {
  // Once does not reach what the first pass only made unreachable.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
