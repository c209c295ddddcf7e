import type { RuleProblem } from '../../pipeline/rules.ts';
import { compileRule, type CompiledRule } from './compile/compile-rule.ts';
import { createEngine, type SigmaEngine } from './engine.ts';
import { FieldSlots } from './compile/field-slots.ts';
import { ItemPool } from './compile/item-pool.ts';
import { problemAt } from './document/parse-rule.ts';
import type { Placeholders } from './compile/placeholders.ts';
import type { SigmaDocuments } from './document/documents.ts';
import { RuleRejected, type ParsedRule } from './document/rule.ts';

export interface CompileOptions {
  /** Run every rule on every event, whatever its logsource says. Only on request: it costs speed and truth. */
  readonly anyLogsource: boolean;
  /** Values for `expand`; rules whose placeholders have none are rejected. */
  readonly placeholders?: Placeholders;
}

/** What an engine is made of: rules, with or without the meta rules about them. */
export type CompileInput = Pick<SigmaDocuments, 'rules'> & Partial<SigmaDocuments>;

interface Compiled {
  readonly rules: readonly CompiledRule[];
  readonly problems: readonly RuleProblem[];
  readonly pool: ItemPool;
  readonly slots: FieldSlots;
}

/**
 * Compiles rules into one engine. A rule that cannot be compiled is left out and listed in the engine's
 * problems with line and column; the others run. Of two rules with one id the first is kept.
 */
export function compileRules(documents: CompileInput, options: CompileOptions): SigmaEngine {
  const { anyLogsource } = options;
  return createEngine({ ...compileAll(documents, options), anyLogsource });
}

/** The compile stage without the engine: what is wrong with the meaning of rules. */
export function compileProblems(
  documents: CompileInput,
  placeholders?: Placeholders,
): readonly RuleProblem[] {
  return compileAll(documents, { anyLogsource: false, ...(placeholders && { placeholders }) }).problems;
}

function compileAll(
  { rules, correlations = [] }: CompileInput,
  { placeholders = new Map() }: CompileOptions,
): Compiled {
  const slots = new FieldSlots();
  const pool = new ItemPool({ slots, placeholders });
  const byId = new Map<string, CompiledRule>();
  const problems: RuleProblem[] = [];
  for (const rule of rules) {
    try {
      const twin = byId.get(rule.id);
      if (twin !== undefined) throw duplicate(rule, twin.rule);
      byId.set(rule.id, compileRule(rule, pool));
    } catch (error) {
      if (!(error instanceof RuleRejected)) throw error;
      problems.push(problemAt(rule, 'compile', error.finding));
    }
  }
  for (const correlation of correlations) {
    const refused = new RuleRejected(
      ['correlation'],
      'Correlations are not run.',
      'The document was left out.',
    );
    problems.push(problemAt(correlation, 'compile', refused.finding));
  }
  const compiled = [...byId.values()].sort((left, right) => (left.rule.id < right.rule.id ? -1 : 1));
  return { rules: compiled, problems, pool, slots };
}

function duplicate(rule: ParsedRule, first: ParsedRule): RuleRejected {
  const message = `The id ${rule.id} is already used by ${first.file}; that rule was kept.`;
  return new RuleRejected(['id'], message, 'Give one of the two rules another id.');
}
