import type { LogSource } from '#shared/model/event.ts';
import type { CompiledRule } from '../compile/compile-rule.ts';
import { logsourceText } from '#shared/model/logsource.ts';

/** The rules that name one logsource. */
export class RuleGroup {
  readonly logsource: LogSource;
  /** Numbers of its rules. */
  readonly rules: readonly number[];
  readonly #compiled: readonly CompiledRule[];

  /** @param compiled all rules, by number. */
  constructor(logsource: LogSource, rules: readonly number[], compiled: readonly CompiledRule[]) {
    this.logsource = logsource;
    this.rules = rules;
    this.#compiled = compiled;
  }

  /** Field names that its rules read. */
  get fields(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { selections } of this.#rulesOf()) {
      const items = selections.flatMap(({ alternatives }) => alternatives.flat());
      for (const { field } of items) if (field !== null) names.add(field);
    }
    return names;
  }

  #rulesOf(): readonly CompiledRule['rule'][] {
    return this.rules.flatMap((number) => this.#compiled[number]?.rule ?? []);
  }
}

/** One group for each logsource that rules name; a single one when logsources do not count. */
export function groupRules(compiled: readonly CompiledRule[], anyLogsource: boolean): readonly RuleGroup[] {
  const byLogsource = new Map<string, { logsource: LogSource; rules: number[] }>();
  for (const [number, { rule }] of compiled.entries()) {
    const key = anyLogsource ? '' : logsourceText(rule.logsource);
    const group = byLogsource.get(key);
    if (group === undefined) byLogsource.set(key, { logsource: rule.logsource, rules: [number] });
    else group.rules.push(number);
  }
  return Array.from(
    byLogsource.values(),
    ({ logsource, rules }) => new RuleGroup(logsource, rules, compiled),
  );
}
