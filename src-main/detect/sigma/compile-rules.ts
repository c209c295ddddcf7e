import type { RuleProblem } from '../../pipeline/rules.ts';
import { assignFilters } from './compile/assign-filters.ts';
import {
  compileFilter,
  compileRule,
  type CompiledFilter,
  type CompiledRule,
} from './compile/compile-rule.ts';
import { planCorrelations } from './correlation/plan-correlations.ts';
import type { CorrelationPlans } from './correlation/plan.ts';
import { createEngine, type SigmaEngine } from './engine.ts';
import { FieldSlots } from './compile/field-slots.ts';
import { ItemPool } from './compile/item-pool.ts';
import { problemAt } from './document/parse-rule.ts';
import type { Placeholders } from './compile/placeholders.ts';
import { processCorrelation, processRule } from './processing/apply-pipelines.ts';
import { referencedLogsources } from './processing/referenced-logsources.ts';
import type { ProcessingPipeline } from './processing/pipeline.ts';
import type { SigmaDocuments } from './document/documents.ts';
import { RuleDirectory } from './document/rule-directory.ts';
import {
  RuleRejected,
  type DocumentMetadata,
  type Finding,
  type ParsedFilter,
  type ParsedRule,
} from './document/rule.ts';

export interface CompileOptions {
  /** Run every rule on every event, whatever its logsource says. Only on request: it costs speed and truth. */
  readonly anyLogsource: boolean;
  /** Values for `expand`; rules whose placeholders have none are rejected. */
  readonly placeholders?: Placeholders;
  /** Change rules, their filters and correlations before they are compiled; of any order. */
  readonly pipelines?: readonly ProcessingPipeline[];
  /** Rules that run besides and are not compiled here: filters and correlations may name them. */
  readonly otherRules?: readonly ParsedRule[];
  /** Ids of filters that are switched off: they stay known but narrow nothing. */
  readonly disabledFilters?: ReadonlySet<string>;
}

/** What an engine is made of: rules, with or without the meta rules about them. */
export type CompileInput = Pick<SigmaDocuments, 'rules'> & Partial<SigmaDocuments>;

interface Compiled {
  readonly rules: readonly CompiledRule[];
  readonly correlations: CorrelationPlans;
  readonly filterIds: readonly string[];
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
  options: Partial<CompileOptions> = {},
): readonly RuleProblem[] {
  return compileAll(documents, { anyLogsource: false, ...options }).problems;
}

/** The parts of an engine: what was understood, and what is wrong with the rest. */
export function compileAll(documents: CompileInput, options: CompileOptions): Compiled {
  return new RuleCompiler(options).compile(documents);
}

class RuleCompiler {
  readonly #slots = new FieldSlots();
  readonly #pool: ItemPool;
  readonly #problems: RuleProblem[] = [];
  readonly #taken = new Map<string, DocumentMetadata>();
  readonly #filters = new Map<ParsedFilter, CompiledFilter>();
  readonly #disabledFilters: ReadonlySet<string>;
  readonly #pipelines: readonly ProcessingPipeline[];
  readonly #otherRules: readonly ParsedRule[];

  constructor(options: CompileOptions) {
    const { placeholders = new Map(), disabledFilters = new Set() } = options;
    this.#pipelines = options.pipelines ?? [];
    this.#otherRules = options.otherRules ?? [];
    this.#pool = new ItemPool({ slots: this.#slots, placeholders });
    this.#disabledFilters = disabledFilters;
  }

  compile(documents: CompileInput): Compiled {
    const { rules, correlations = [], filters = [] } = documents;
    this.#noteNamesakes([...rules, ...correlations]);
    const ruleIds = new Map(rules.map((rule) => [rule.id, rule]));
    const narrowing = filters.filter((filter) => this.#compileFilter(filter, ruleIds.get(filter.id)));
    const { byRule, findings } = assignFilters(narrowing, [...rules, ...this.#otherRules], correlations);
    for (const { filter, finding } of findings) this.#note(filter, finding);
    const compiled = rules.flatMap((rule) =>
      this.#attempt(rule, () => {
        const processed = processRule(rule, byRule.get(rule) ?? [], this.#pipelines);
        const own = processed.filters.map(
          (filter) => this.#filters.get(filter) ?? compileFilter(filter, this.#pool),
        );
        return compileRule(processed.rule, this.#pool, own);
      }),
    );
    return {
      correlations: this.#planCorrelations(documents, compiled),
      rules: compiled.sort((left, right) => (left.rule.id < right.rule.id ? -1 : 1)),
      filterIds: filters.flatMap(({ id }) => (this.#taken.get(id)?.kind === 'filter' ? [id] : [])),
      problems: this.#problems,
      pool: this.#pool,
      slots: this.#slots,
    };
  }

  /** True for a filter that narrows rules. A broken or disabled one narrows none. */
  #compileFilter(filter: ParsedFilter, twin: ParsedRule | undefined): boolean {
    const [compiled] = this.#attempt(filter, () => {
      if (twin !== undefined) throw duplicate(filter, twin);
      return compileFilter(filter, this.#pool);
    });
    if (compiled === undefined) return false;
    this.#filters.set(filter, compiled);
    return !this.#disabledFilters.has(filter.id);
  }

  /** Correlations whose rules were compiled, here or elsewhere. */
  #planCorrelations(
    { rules, correlations = [] }: CompileInput,
    compiled: readonly CompiledRule[],
  ): CorrelationPlans {
    const own = new Set(rules.map(({ id }) => id));
    const others = this.#otherRules.filter(({ id }) => !own.has(id));
    const known = [...rules, ...others];
    const logsourcesOf = referencedLogsources(known, correlations);
    return planCorrelations({
      rules: known,
      runnable: new Map<string, unknown>([
        ...others.map(({ id }) => [id, id] as const),
        ...compiled.map((one) => [one.rule.id, meaningOf(one)] as const),
      ]),
      correlations: correlations.flatMap((correlation) =>
        this.#attempt(correlation, () =>
          processCorrelation(correlation, logsourcesOf(correlation), this.#pipelines),
        ),
      ),
      refused: (correlation, { finding }) => this.#note(correlation, finding),
    });
  }

  /** Result of `compile`, or nothing when it rejects the document, or when its id is taken. */
  #attempt<Result>(document: DocumentMetadata, compile: () => Result): Result[] {
    try {
      const twin = this.#taken.get(document.id);
      if (twin !== undefined) throw duplicate(document, twin);
      const result = compile();
      this.#taken.set(document.id, document);
      return [result];
    } catch (error) {
      if (!(error instanceof RuleRejected)) throw error;
      this.#note(document, error.finding);
      return [];
    }
  }

  /** Names are unique (specification, "name"): a reference by one that is not would mean two rules. */
  #noteNamesakes(documents: readonly DocumentMetadata[]): void {
    for (const { document, first } of new RuleDirectory(documents).namesakes()) {
      const message = `The name "${document.name ?? ''}" is also that of ${first.id} in ${first.file}.`;
      const hint = 'Give one of the two another name; until then references have to use ids.';
      this.#note(document, { path: ['name'], message, hint, severity: 'warning' });
    }
  }

  #note(document: DocumentMetadata, finding: Finding): void {
    this.#problems.push(problemAt(document, 'compile', finding));
  }
}

/** What decides which events a rule matches, in a form that can be compared. */
function meaningOf({ rule, filters }: CompiledRule): unknown {
  return [rule, ...filters.map(({ filter }) => filter)].map(({ logsource, selections, conditions }) => {
    return { logsource, selections, conditions };
  });
}

function duplicate(rule: DocumentMetadata, first: DocumentMetadata): RuleRejected {
  const message = `The id ${rule.id} is already used by ${first.file}; that rule was kept.`;
  return new RuleRejected(['id'], message, 'Give one of the two rules another id.');
}
