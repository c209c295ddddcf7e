import type { Detection } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { compileRules } from '#main/detect/sigma/compile-rules.ts';
import { parseRules } from '#main/detect/sigma/document/parse-rule.ts';
import type { ParsedRule } from '#main/detect/sigma/document/rule.ts';
import type { SigmaEngine } from '#main/detect/sigma/engine.ts';
import { parsePipeline } from '#main/detect/sigma/processing/parse-pipeline.ts';
import type { RuleProblem } from '#main/pipeline/rules.ts';
import { eventsOf } from './case-events.ts';
import type { CaseEvent, SuiteCase } from './suite.ts';

/** A rule around a bare detection; its lines stand before the detection's own. */
const RULE_HEAD = 'title: Case\nid: case\nlogsource:\n  product: any\ndetection:\n';
/** Names of a case's texts in problems. */
const RULE_FILE = 'case.yml';
const PIPELINE_FILE = 'pipeline.yml';
const HEAD_LINES = RULE_HEAD.split('\n').length - 1;

/** A case made ready: its rules loaded, its events enriched. */
export interface PreparedCase {
  readonly engine: SigmaEngine;
  readonly rules: readonly ParsedRule[];
  readonly problems: readonly RuleProblem[];
  readonly events: readonly LogEvent[];
  /** What must match, by event. */
  readonly expected: readonly CaseEvent[];
}

/** Takes a case through the way of a real rule file: YAML, documents, pipelines, compiler, engine. */
export function prepareCase(one: SuiteCase): PreparedCase {
  const { problems, ...documents } = parseRules(ruleText(one), RULE_FILE);
  const placeholders = new Map(Object.entries(one.placeholders ?? {}));
  const parsed = (one.pipelines ?? []).map((yaml) => parsePipeline(yaml, PIPELINE_FILE));
  const pipelines = parsed.flatMap(({ pipeline }) => pipeline ?? []);
  const engine = compileRules(documents, { anyLogsource: false, placeholders, pipelines });
  const written = writtenEvents(one, engine.ruleIds);
  return {
    engine,
    rules: documents.rules,
    problems: [...problems, ...parsed.flatMap((pipeline) => pipeline.problems), ...engine.problems],
    events: eventsOf(written, one.logsource),
    expected: written,
  };
}

/** What differs from what a case expects; empty when it passes. */
export function runCase(one: SuiteCase): readonly string[] {
  const prepared = prepareCase(one);
  return [
    ...problemFailures(one, prepared),
    ...metadataFailures(one, prepared),
    ...matchFailures(prepared),
    ...listFailures(one, prepared),
  ];
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
  const lineOf = ({ file, line }: RuleProblem) =>
    one.detection === undefined || file !== RULE_FILE ? line : line - HEAD_LINES;
  const isExpected = (wanted: { line: number; message?: string | undefined }, file: string) => {
    return (problem: RuleProblem) =>
      problem.file === file &&
      lineOf(problem) === wanted.line &&
      problem.message.includes(wanted.message ?? '');
  };
  const shown = (problem: RuleProblem) => `line ${lineOf(problem)}: ${problem.message}`;
  const refused = one.rejected?.in === 'pipeline' ? PIPELINE_FILE : RULE_FILE;
  const failures: string[] = [];
  if (one.rejected === undefined) failures.push(...errors.map((error) => `rejected, ${shown(error)}`));
  else if (!errors.some(isExpected(one.rejected, refused))) {
    const told = errors.length === 0 ? 'it was accepted' : errors.map(shown).join('; ');
    failures.push(`not rejected at line ${one.rejected.line}: ${told}`);
  } else if (refused === RULE_FILE && engine.ruleIds.length >= documentsIn(one))
    failures.push('rejected, and yet it runs');
  if (one.warned !== undefined && !warnings.some(isExpected(one.warned, RULE_FILE))) {
    failures.push(`no warning at line ${one.warned.line}: ${warnings.map(shown).join('; ')}`);
  }
  return failures;
}

/** Every document of a case has a title. */
function documentsIn({ rules = 'title:' }: SuiteCase): number {
  return rules.match(/^title:/gm)?.length ?? 1;
}

function metadataFailures({ metadata = {} }: SuiteCase, { rules }: PreparedCase): readonly string[] {
  const [rule] = rules;
  const facts = new Map<string, unknown>(Object.entries(rule ?? {}));
  return Object.entries(metadata).flatMap(([key, wanted]) => {
    const found = JSON.stringify(facts.get(key));
    return found === JSON.stringify(wanted) ? [] : [`${key} is ${found}, not ${JSON.stringify(wanted)}`];
  });
}

function listFailures({ unmatchable }: SuiteCase, { engine }: PreparedCase): readonly string[] {
  if (unmatchable === undefined) return [];
  const found = engine.unmatchable().map(({ ruleId }) => ruleId);
  const isListed = found.sort().join() === [...unmatchable].sort().join();
  return isListed ? [] : [`listed as never matching: [${found.join()}], expected [${unmatchable.join()}]`];
}

/** Both ways of an event through the engine: as it arrives, and collected as an import does. */
function matchFailures({ engine, events, expected }: PreparedCase): readonly string[] {
  const live = [...engine.detect(events), ...engine.flush()];
  const { detections, matches } = engine.collect(events);
  const imported = [...detections, ...engine.correlate(matches)];
  return events.flatMap((event, index) => {
    const wanted = expected[index];
    const at = `event ${index + 1} ${JSON.stringify(event.fields)}`;
    return [
      ...differences(at, detectionsAt(live, event), wanted, events),
      ...differences(`imported ${at}`, detectionsAt(imported, event), wanted, events),
    ];
  });
}

function detectionsAt(detections: readonly Detection[], { id }: LogEvent): readonly Detection[] {
  return detections.filter(({ eventId }) => eventId === id);
}

function differences(
  at: string,
  found: readonly Detection[],
  { matches = [], contributors = {} }: Partial<CaseEvent> = {},
  events: readonly LogEvent[],
): readonly string[] {
  const ids = found.map(({ ruleId }) => ruleId).sort();
  const wanted = [...matches].sort();
  const failures =
    ids.join() === wanted.join() ? [] : [`${at}: fires [${ids.join()}], expected [${wanted.join()}]`];
  for (const [ruleId, numbers] of Object.entries(contributors)) {
    const made = found.find((detection) => detection.ruleId === ruleId)?.contributors ?? [];
    const places = made.map((id) => events.findIndex((event) => event.id === id) + 1);
    if (places.join() !== numbers.join()) {
      failures.push(`${at}: ${ruleId} is made by [${places.join()}], expected [${numbers.join()}]`);
    }
  }
  return failures;
}
