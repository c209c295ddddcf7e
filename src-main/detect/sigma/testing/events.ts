import type { Fields, LogEvent } from '#shared/model/event.ts';
import { logEvent } from '#shared/test-support/log-event.ts';
import { parseRules } from '../document/parse-rule.ts';
import { compileRules } from '../compile-rules.ts';
import type { SigmaEngine } from '../engine.ts';
import type { ParsedRule } from '../document/rule.ts';

/** An event for tests: Windows process creation unless it says otherwise. */
export function eventOf(fields: Fields, parts: Partial<LogEvent> = {}): LogEvent {
  return logEvent({
    eventTs: 1,
    host: 'WS01',
    logsource: { category: 'process_creation', product: 'windows', service: 'sysmon' },
    fields,
    ...parts,
  });
}

/** YAML of a rule with the given detection, indented by none. */
export function ruleYaml(detection: string, id = 'rule-1'): string {
  const body = detection.trimEnd().replaceAll('\n', '\n  ');
  return `title: Test\nid: ${id}\nlogsource: {product: windows}\ndetection:\n  ${body}\n`;
}

/** The one rule of a YAML text; throws with the problem when it is not a rule. */
export function ruleOf(yaml: string): ParsedRule {
  const { rules, problems } = parseRules(yaml, 'test.yml');
  const [rule] = rules;
  if (rule === undefined) throw new Error(problems[0]?.message);
  return rule;
}

/** An engine with one rule of the given detection; throws with the problem when it is not accepted. */
export function engineOf(detection: string): SigmaEngine {
  const engine = compileRules({ rules: [ruleOf(ruleYaml(detection))] }, { anyLogsource: false });
  const [problem] = engine.problems;
  if (problem !== undefined) throw new Error(`${problem.line}:${problem.column} ${problem.message}`);
  return engine;
}
