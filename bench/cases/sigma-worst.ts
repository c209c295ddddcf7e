import type { FieldValue, Fields, LogEvent } from '#shared/model/event.ts';
import { logEvent } from '#shared/test-support/log-event.ts';
import { compileRules } from '../../src-main/detect/sigma/compile-rules.ts';
import { parseRules } from '../../src-main/detect/sigma/document/parse-rule.ts';
import { loadRules } from '../../src-main/detect/sigma/document/load.ts';
import type { ParsedRule } from '../../src-main/detect/sigma/document/rule.ts';
import type { SigmaEngine } from '../../src-main/detect/sigma/engine.ts';
import { activeRuleFolders, SIGMA_ARCHIVE } from '../corpus.ts';
import { hasData, report, rounded, unpack } from '../kit.ts';

const ROUNDS = 5;
const MEGABYTE = 2 ** 20;

/** What the worst events and rules that anybody can hand in cost: milliseconds for one event, best of some. */
export async function run(): Promise<void> {
  if (!hasData('sigma-worst')) return;
  const { rules } = loadRules(activeRuleFolders(unpack(SIGMA_ARCHIVE)));
  const engine = compileRules({ rules }, { anyLogsource: false });
  for (const [name, event] of Object.entries(worstEvents())) measure(name, engine, event);
  for (const [name, yaml] of Object.entries(worstRules())) {
    const started = performance.now();
    const hostile = compileRules({ rules: [...rules, ...parsed(yaml)] }, { anyLogsource: false });
    const compile_ms = rounded(performance.now() - started);
    measure(name, hostile, ordinary(), { compile_ms });
  }
  await Promise.resolve();
}

function measure(
  name: string,
  engine: SigmaEngine,
  event: LogEvent,
  more: Record<string, number> = {},
): void {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    engine.detect([event]);
    times.push(performance.now() - started);
  }
  const { indexBytes } = engine.stats();
  report('sigma-worst', name, {
    // The first one builds the indexes of its logsource.
    first_ms: rounded(times[0] ?? 0),
    ms: rounded(Math.min(...times)),
    index_mb: rounded(indexBytes / MEGABYTE),
    ...more,
  });
}

function processEvent(fields: Fields): LogEvent {
  const logsource = { category: 'process_creation', product: 'windows', service: 'sysmon' };
  return logEvent({
    logsource,
    fields: { EventID: 1, Channel: 'Microsoft-Windows-Sysmon/Operational', ...fields },
  });
}

function ordinary(): LogEvent {
  return processEvent({ Image: 'C:\\Windows\\System32\\cmd.exe', CommandLine: 'cmd.exe /c whoami /all' });
}

function worstEvents(): Readonly<Record<string, LogEvent>> {
  const many = (count: number, value: (index: number) => FieldValue): FieldValue[] =>
    Array.from({ length: count }, (_, index) => value(index));
  const names = Object.fromEntries(many(10_000, (index) => `value ${index}`).entries());
  let nested: FieldValue = 'x';
  for (let depth = 0; depth < 60; depth++) nested = { a: nested };
  return {
    ordinary: ordinary(),
    'field of 1 MB': processEvent({ CommandLine: 'powershell -enc '.repeat(MEGABYTE / 16) }),
    'field of 1 MB, beyond ASCII': processEvent({ CommandLine: 'é -enc ſ '.repeat(MEGABYTE / 9) }),
    'field of 1 MB, one letter': processEvent({ CommandLine: 'a'.repeat(MEGABYTE) }),
    '10,000 fields': processEvent({ Image: 'x.exe', ...names }),
    'list of 100,000 members': processEvent({ CommandLine: many(100_000, (index) => `cmd ${index}`) }),
    'objects 60 deep': processEvent({ CommandLine: nested, Other: nested }),
  };
}

function worstRules(): Readonly<Record<string, readonly string[]>> {
  const rule = (id: number, detection: string): string =>
    `title: t\nid: worst-${id}\nlogsource: {category: process_creation, product: windows}\ndetection:\n  ${detection}\n  condition: s\n`;
  const list = (count: number, value: (index: number) => string): string =>
    JSON.stringify(Array.from({ length: count }, (_, index) => value(index)));
  return {
    'list of 100,000 values': [
      rule(0, `s: {CommandLine|contains: ${list(100_000, (index) => `value${index}x`)}}`),
    ],
    '10,000 rules of ten values': Array.from({ length: 10_000 }, (_, index) =>
      rule(index, `s: {CommandLine|contains: ${list(10, (value) => `w${index}-${value}z`)}}`),
    ),
    '1,000 expressions without a literal': Array.from({ length: 1000 }, (_, index) =>
      rule(index, `s: {CommandLine|re: '[a-f]{${(index % 50) + 2}}\\d\\s[g-z]'}`),
    ),
    '1,000 exclusions': Array.from({ length: 1000 }, (_, index) =>
      rule(index, `s: {CommandLine|contains|neq: 'x${index}'}`),
    ),
  };
}

function parsed(yaml: readonly string[]): readonly ParsedRule[] {
  return yaml.flatMap((text) => parseRules(text, 'worst.yml').rules);
}
