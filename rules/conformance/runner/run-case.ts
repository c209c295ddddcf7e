import type { LogEvent } from '#shared/model/event.ts';
import { compileRules } from '#main/detect/sigma/compile-rules.ts';
import { parseRules } from '#main/detect/sigma/document/parse-rule.ts';
import type { ParsedRule } from '#main/detect/sigma/document/rule.ts';
import type { SigmaEngine } from '#main/detect/sigma/engine.ts';
import type { RuleProblem } from '#main/pipeline/rules.ts';
import { eventsOf } from './case-events.ts';
import type { CaseEvent, SuiteCase } from './suite.ts';

/** A rule around a bare detection; its lines stand before the detection's own. */
const RULE_HEAD = 'title: Case\nid: case\nlogsource:\n  product: any\ndetection:\n';
const HEAD_LINES = RULE_HEAD.split('\n').length - 1;

/** A case made ready: its rules loaded, its events enriched. */
export interface PreparedCase {
  readonly engine: SigmaEngine;
  readonly rules: readonly ParsedRule[];
  readonly problems: readonly RuleProblem[];
  readonly events: readonly LogEvent[];
  /** Ids of the rules that must match, by event. */
  readonly expected: readonly (readonly string[])[];
}

/** Takes a case through the way of a real rule file: YAML, documents, compiler, engine. */
export function prepareCase(one: SuiteCase): PreparedCase {
  const { problems, ...documents } = parseRules(ruleText(one), 'case.yml');
  const placeholders = new Map(Object.entries(one.placeholders ?? {}));
  const engine = compileRules(documents, { anyLogsource: false, placeholders });
  const written = writtenEvents(one, engine.ruleIds);
  return {
    engine,
    rules: documents.rules,
    problems: [...problems, ...engine.problems],
    events: eventsOf(written, one.logsource),
    expected: written.map(({ matches }) => matches),
  };
}

/** What differs from what a case expects; empty when it passes. */
export function runCase(one: SuiteCase): readonly string[] {
  const prepared = prepareCase(one);
  return [...problemFailures(one, prepared), ...metadataFailures(one, prepared), ...matchFailures(prepared)];
}

function ruleText({ detection, rules }: SuiteCase): string {
  if (rules !== undefined) return rules;
  return RULE_HEAD + (detection ?? '').replaceAll(/^(?=.)/gm, '  ');
}

/** `fires` and `silent` are events at which every rule of the case matches, or none. */
function writtenEvents(
  { fires, silent, events }: SuiteCase,
  ruleIds: readonly string[],
): readonly CaseEvent[] {
  return [
    ...fires.map((fields) => ({ fields, matches: [...ruleIds] })),
    ...silent.map((fields) => ({ fields, matches: [] })),
    ...events,
  ];
}

function problemFailures(one: SuiteCase, { problems, engine }: PreparedCase): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  const offset = one.detection === undefined ? 0 : HEAD_LINES;
  const fits = (wanted: { line: number; message?: string | undefined }) => (problem: RuleProblem) =>
    problem.line - offset === wanted.line && problem.message.includes(wanted.message ?? '');
  const shown = (problem: RuleProblem) => `line ${problem.line - offset}: ${problem.message}`;
  const failures: string[] = [];
  if (one.rejected === undefined) failures.push(...errors.map((error) => `rejected, ${shown(error)}`));
  else if (!errors.some(fits(one.rejected))) {
    const told = errors.length === 0 ? 'it was accepted' : errors.map(shown).join('; ');
    failures.push(`not rejected at line ${one.rejected.line}: ${told}`);
  } else if (one.events.length === 0 && engine.ruleIds.length > 0) failures.push('rejected, and yet it runs');
  if (one.warned !== undefined && !warnings.some(fits(one.warned))) {
    failures.push(`no warning at line ${one.warned.line}: ${warnings.map(shown).join('; ')}`);
  }
  return failures;
}

function metadataFailures({ metadata = {} }: SuiteCase, { rules }: PreparedCase): readonly string[] {
  const [rule] = rules;
  const facts = new Map<string, unknown>(Object.entries(rule ?? {}));
  return Object.entries(metadata).flatMap(([key, wanted]) => {
    const found = JSON.stringify(facts.get(key));
    return found === JSON.stringify(wanted) ? [] : [`${key} is ${found}, not ${JSON.stringify(wanted)}`];
  });
}

function matchFailures({ engine, events, expected }: PreparedCase): readonly string[] {
  const detections = engine.detect(events);
  return events.flatMap((event, index) => {
    const found = detections.filter(({ eventId }) => eventId === event.id).map(({ ruleId }) => ruleId);
    const wanted = [...(expected[index] ?? [])].sort();
    if (found.sort().join() === wanted.join()) return [];
    const shown = JSON.stringify(event.fields);
    return [`event ${index + 1} ${shown}: fires [${found.join()}], expected [${wanted.join()}]`];
  });
}
