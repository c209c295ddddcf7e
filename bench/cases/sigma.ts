import type { LogEvent } from '#shared/model/event.ts';
import { compileRules } from '../../src-main/detect/sigma/compile-rules.ts';
import type { SigmaEngine } from '../../src-main/detect/sigma/engine.ts';
import { loadRules } from '../../src-main/detect/sigma/document/load.ts';
import type { ParsedRule } from '../../src-main/detect/sigma/document/rule.ts';
import { oracleMatches } from '../../src-main/detect/sigma/testing/oracle/oracle.ts';
import { activeRuleFolders, eventBatches, eventsIn, otrfTexts, SIGMA_ARCHIVE } from '../corpus.ts';
import { hasData, report, rounded, unpack, usedMb } from '../kit.ts';
import { mixes } from '../mixes.ts';
import { detectAll, p99Us, paceOf, type Pace } from '../pace.ts';

/** Events of each kind that go through the oracle: it takes milliseconds for one. */
const ORACLE_EVENTS = 100;

interface Loaded {
  readonly engine: SigmaEngine;
  readonly rules: readonly ParsedRule[];
}

/** The Sigma engine with all SigmaHQ rules, one thread. */
export async function run(): Promise<void> {
  if (!hasData('sigma')) return;
  const folders = activeRuleFolders(unpack(SIGMA_ARCHIVE));
  const texts = await otrfTexts();
  const loaded = load(folders, texts);
  const otrf = texts.flatMap(eventsIn);
  report('sigma', 'OTRF from text', {
    events: otrf.length,
    ...paceOf(otrf.length, () => detectInTexts(loaded.engine, texts)),
  });
  measure(loaded, 'OTRF pre-parsed', otrf);
  for (const { name, events } of await mixes(otrf)) measure(loaded, name, events);
}

/** Memory is that of an engine at work: its indexes are made as their first events come. */
function load(folders: readonly string[], texts: readonly Buffer[]): Loaded {
  const before = usedMb();
  const started = performance.now();
  const documents = loadRules(folders);
  const loaded = performance.now();
  const engine = compileRules(documents, { anyLogsource: false });
  const compiled = performance.now();
  detectInTexts(engine, texts);
  const { rules, items, fields, indexBytes } = engine.stats();
  report('sigma', 'load', {
    rules,
    load_ms: rounded(loaded - started),
    compile_ms: rounded(compiled - loaded),
    engine_mb: rounded(usedMb() - before),
    index_mb: rounded(indexBytes / 2 ** 20),
    items,
    fields,
  });
  const running = new Set(engine.ruleIds);
  return { engine, rules: documents.rules.filter(({ id }) => running.has(id)) };
}

/** Parsing, enriching and detecting, piece by piece as a file is read. */
function detectInTexts(engine: SigmaEngine, texts: readonly Buffer[]): void {
  for (const text of texts) for (const events of eventBatches(text)) engine.detect(events);
}

function measure({ engine, rules }: Loaded, name: string, events: readonly LogEvent[]): void {
  const pace = paceOf(events.length, () => void detectAll(engine, events));
  const oracle = oraclePace(rules, events);
  report('sigma', name, {
    events: events.length,
    ...pace,
    // By processor time, as the two do not run at the same moment.
    ratio: rounded(oracle.cpu_us / pace.cpu_us),
    oracle_events_per_s: oracle.events_per_s,
    p99_us: rounded(p99Us(engine, events)),
  });
}

function oraclePace(rules: readonly ParsedRule[], events: readonly LogEvent[]): Pace {
  const step = Math.ceil(events.length / ORACLE_EVENTS);
  const sample = events.filter((_, index) => index % step === 0);
  const pass = (): void => {
    for (const event of sample) for (const rule of rules) oracleMatches(rule, event);
  };
  // The first pass compiles the oracle's patterns, which is not part of its speed.
  return paceOf(sample.length, pass, 2);
}
