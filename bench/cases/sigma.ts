import type { LogEvent } from '#shared/model/event.ts';
import { compileRules } from '../../src-main/detect/sigma/compile-rules.ts';
import type { SigmaEngine } from '../../src-main/detect/sigma/engine.ts';
import { loadRules } from '../../src-main/detect/sigma/document/load.ts';
import type { ParsedRule } from '../../src-main/detect/sigma/document/rule.ts';
import { oracleMatches } from '../../src-main/detect/sigma/testing/oracle.ts';
import { activeRuleFolders, eventsIn, otrfTexts, SIGMA_ARCHIVE } from '../corpus.ts';
import { hasData, report, rounded, unpack } from '../kit.ts';

/** Batch size of the product's pipeline. */
const BATCH = 1000;
/** Passes over the events: the first ones warm the machine code, the best one counts. */
const PASSES = 5;
/** One event in so many goes through the oracle. */
const ORACLE_STEP = 400;

/** The Sigma engine with all SigmaHQ rules on the OTRF recordings, one thread. */
export async function run(): Promise<void> {
  if (!hasData('sigma')) return;
  const folders = activeRuleFolders(unpack(SIGMA_ARCHIVE));
  const heapBefore = heapMb();
  const started = performance.now();
  const { rules } = loadRules(folders);
  const loaded = performance.now();
  const engine = compileRules({ rules }, { anyLogsource: false });
  const compiled = performance.now();
  const engineMb = heapMb() - heapBefore;
  const { items, fields, indexBytes } = engine.stats();
  report('sigma', 'load', {
    rules: engine.ruleIds.length,
    load_ms: rounded(loaded - started),
    compile_ms: rounded(compiled - loaded),
    engine_mb: rounded(engineMb),
    index_mb: rounded(indexBytes / 2 ** 20),
    items,
    fields,
  });
  const texts = await otrfTexts();
  const events = texts.flatMap(eventsIn);
  const rate = eventsPerSecond(engine, events);
  const oracleRate = oracleEventsPerSecond(engine, rules, events);
  report('sigma', 'otrf pre-parsed', {
    events: events.length,
    events_per_s: rounded(rate),
    ratio: rounded(rate / oracleRate),
    oracle_events_per_s: rounded(oracleRate),
    p99_us: rounded(p99Us(engine, events)),
  });
  const parseStarted = performance.now();
  for (const text of texts) engine.detect(eventsIn(text));
  const seconds = (performance.now() - parseStarted) / 1000;
  report('sigma', 'otrf from text', { events_per_s: rounded(events.length / seconds) });
  const isProcess = ({ logsource }: LogEvent) => logsource.category === 'process_creation';
  const processes = events.filter(isProcess);
  const rateOfProcesses = eventsPerSecond(engine, processes);
  report('sigma', 'process creation', { events: processes.length, events_per_s: rounded(rateOfProcesses) });
}

function eventsPerSecond(engine: SigmaEngine, events: readonly LogEvent[]): number {
  let best = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    const started = performance.now();
    for (let at = 0; at < events.length; at += BATCH) engine.detect(events.slice(at, at + BATCH));
    best = Math.max(best, (events.length * 1000) / (performance.now() - started));
  }
  return best;
}

function oracleEventsPerSecond(
  engine: SigmaEngine,
  rules: readonly ParsedRule[],
  events: readonly LogEvent[],
): number {
  const running = new Set(engine.ruleIds);
  const asked = rules.filter(({ id }) => running.has(id));
  const sample = events.filter((_, index) => index % ORACLE_STEP === 0);
  // Compiling its patterns is not part of the oracle's speed: one pass before the clock starts.
  for (const event of sample) for (const rule of asked) oracleMatches(rule, event);
  const started = performance.now();
  for (const event of sample) for (const rule of asked) oracleMatches(rule, event);
  return (sample.length * 1000) / (performance.now() - started);
}

function p99Us(engine: SigmaEngine, events: readonly LogEvent[]): number {
  const times = events.map((event) => {
    const started = performance.now();
    engine.detect([event]);
    return (performance.now() - started) * 1000;
  });
  return times.sort((left, right) => left - right)[Math.floor(times.length * 0.99)] ?? 0;
}

/** Memory in use after a collection where `node --expose-gc` allows one. */
function heapMb(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}
