import type { ParsedCorrelation } from '../document/correlation.ts';
import { RuleDirectory } from '../document/rule-directory.ts';
import { RuleRejected, type ParsedRule, type RuleReference } from '../document/rule.ts';
import { refuseForeignAliases } from './aliases.ts';
import type { Referent, ResolvedCorrelation } from './resolved.ts';

/** Correlations of correlations of ...: deeper than anybody can follow. */
const MAX_DEPTH = 16;

/** Finds what correlations refer to, by id or name, and puts what is referenced before what refers to it. */
export class ReferenceResolver {
  readonly #directory: RuleDirectory<Referent['rule']>;
  readonly #isRunnable: (rule: Referent['rule']) => boolean;
  /** Null while one is being resolved, and for good when it was refused. */
  readonly #resolved = new Map<ParsedCorrelation, ResolvedCorrelation | null>();
  readonly #refused: (correlation: ParsedCorrelation, error: RuleRejected) => void;

  constructor(
    rules: readonly ParsedRule[],
    correlations: readonly ParsedCorrelation[],
    outcome: {
      /** Whether a rule was compiled, or a correlation has a meaning of its own. */
      readonly isRunnable: (rule: Referent['rule']) => boolean;
      readonly refused: (correlation: ParsedCorrelation, error: RuleRejected) => void;
    },
  ) {
    this.#isRunnable = outcome.isRunnable;
    this.#refused = outcome.refused;
    this.#directory = new RuleDirectory<Referent['rule']>([...rules, ...correlations]);
  }

  /** All that can be resolved; the others were handed to `refused`. */
  resolveAll(correlations: readonly ParsedCorrelation[]): readonly ResolvedCorrelation[] {
    for (const correlation of correlations) this.#resolve(correlation, 0);
    return [...this.#resolved.values()].filter((resolved) => resolved !== null);
  }

  #resolve(correlation: ParsedCorrelation, depth: number): ResolvedCorrelation | null {
    const known = this.#resolved.get(correlation);
    if (known !== undefined) return known;
    this.#resolved.set(correlation, null);
    try {
      const referents = correlation.rules.map((reference) => this.#referentOf(reference, depth));
      refuseForeignAliases({ rule: correlation, referents });
      // Taken out first: a Map keeps the place of a key that it has, and this must come after its referents.
      this.#resolved.delete(correlation);
      const resolved = { rule: correlation, referents };
      this.#resolved.set(correlation, resolved);
      return resolved;
    } catch (error) {
      if (!(error instanceof RuleRejected)) throw error;
      this.#refused(correlation, error);
      return null;
    }
  }

  #referentOf(reference: RuleReference, depth: number): Referent {
    const referent = this.#find(reference);
    const { text, path } = reference;
    if (!this.#isRunnable(referent.rule)) {
      throw new RuleRejected(path, `"${text}" cannot be run.`, 'Correct that rule first.');
    }
    if (referent.kind === 'rule') return referent;
    if (depth >= MAX_DEPTH) {
      const message = `Correlations are built on one another more than ${MAX_DEPTH} deep.`;
      throw new RuleRejected(path, message, 'Refer to rules instead.');
    }
    if (this.#resolve(referent.rule, depth + 1) !== null) return referent;
    const message = `The correlation "${text}" cannot be run, or is built on this one.`;
    throw new RuleRejected(path, message, 'Correct that correlation, or take it out of the circle.');
  }

  #find({ text, path }: RuleReference): Referent {
    const found = this.#directory.find(text);
    switch (found.kind) {
      case 'found':
        return isCorrelation(found.document)
          ? { kind: 'correlation', rule: found.document }
          : { kind: 'rule', rule: found.document };
      case 'missing': {
        const hint = 'Load that rule too, or correct the id or name.';
        throw new RuleRejected(path, `There is no rule with the id or name "${text}".`, hint);
      }
      case 'ambiguous': {
        const files = found.documents.map(({ file }) => file).join(', ');
        const message = `"${text}" is the name of several rules: ${files}.`;
        throw new RuleRejected(path, message, 'Refer to the rule by its id.');
      }
    }
  }
}

function isCorrelation(rule: Referent['rule']): rule is ParsedCorrelation {
  return rule.kind === 'correlation';
}
