import { numericLiteral } from '../../compile/number-text.ts';
import { foldedPattern, literalForm, type Pattern, type PatternPart } from '../../compile/pattern.ts';
import type { ValueTest } from '../../compile/value-test.ts';
import { requiredLiterals } from './regex-literals.ts';
import type { EngineItem, Requirement } from '../../compile/requirement.ts';
import { isEveryday } from './everyday-values.ts';
import type { Literal } from './literal-index.ts';

/** Something of an event that the index can see, and that makes it look at a rule. */
export type Trigger =
  | { readonly kind: 'literal'; readonly slot: number; readonly literal: Literal }
  | { readonly kind: 'number'; readonly slot: number; readonly value: number }
  | { readonly kind: 'present'; readonly slot: number };

/** A trigger and the number of the rule that it announces. */
export type Announcement = readonly [trigger: Trigger, rule: number];

/** Takes the numbers of rules that an event may match, some perhaps more than once. */
export type OnWake = (rules: readonly number[]) => boolean;

/** Triggers of which every match shows at least one, and a guess at how often an event shows one. */
export interface Wake {
  readonly triggers: readonly Trigger[];
  readonly frequency: number;
}

/** Share of events that show a literal, by its length up to 8, guessed once from the OTRF recordings. */
const CONTAINS_FREQUENCY = [1, 0.9, 0.5, 0.2, 0.08, 0.04, 0.02, 0.01, 0.005];
const LONG_FREQUENCY = 0.001;
/** Characters that hardly any path, command or message has: backticks, carets and brackets of obfuscated commands. */
const RARE_CHARACTER = /[`^~|<>[\]{}!#@*+]/;
const RARE_FREQUENCY = 0.03;
/** Whole values and ends (program names, event numbers) are common but few events share each. */
const AFFIX_FREQUENCY = 0.01;
/** What every host shows all day. Guessed from process creations, of which a fifth are cmd.exe. */
const EVERYDAY_FREQUENCY = 0.2;
const NUMBER_FREQUENCY = 0.03;
const PRESENT_FREQUENCY = 0.6;

/**
 * The rarest set of triggers without which `requirement` cannot be true; null when there is no such set, as
 * for a rule that only excludes. Waking too often costs time; waking too rarely would lose a match, so every
 * step here may only ever widen.
 */
export function wakeOf(requirement: Requirement): Wake | null {
  switch (requirement.kind) {
    case 'item':
      return itemWake(requirement.item);
    case 'not':
      return null;
    case 'and':
      return rarest(requirement.parts.map(wakeOf));
    case 'or':
      return united(requirement.parts.map(wakeOf));
  }
}

function itemWake({ plan }: EngineItem): Wake | null {
  if (plan.negated) return null;
  const wakes = plan.values.map(({ test }) => valueWake(test, plan.slot));
  return plan.all ? rarest(wakes) : united(wakes);
}

function valueWake(test: ValueTest, slot: number): Wake | null {
  switch (test.kind) {
    case 'pattern':
      return patternWake(foldedPattern(test.pattern), slot);
    case 'forms':
      return united(test.patterns.map((pattern) => patternWake(foldedPattern(pattern), slot)));
    case 'equalsNumber':
      return { triggers: [{ kind: 'number', slot, value: test.value }], frequency: NUMBER_FREQUENCY };
    case 'regex': {
      const literals = requiredLiterals(test.regex.source);
      // A regular expression that is found by single letters might as well be asked of every value.
      return rarest([present(slot), literals === null ? null : containsWake(literals, slot)]);
    }
    case 'null':
      return null;
    case 'exists':
      return test.expected ? present(slot) : null;
    case 'number':
    case 'time':
    case 'cidr':
    case 'fieldref':
      return present(slot);
  }
}

function patternWake(pattern: Pattern, slot: number): Wake {
  const literal = literalForm(pattern);
  if (literal !== null && literal.text !== '') {
    const triggers: Trigger[] = [{ kind: 'literal', slot, literal }];
    const value = literal.mode === 'equals' ? numericLiteral(literal.text) : Number.NaN;
    if (!Number.isNaN(value)) triggers.push({ kind: 'number', slot, value });
    return { triggers, frequency: frequencyOf(literal) };
  }
  const runs = runsOf(pattern).map((texts) => containsWake(texts, slot));
  return rarest([...runs, present(slot)]) ?? present(slot);
}

/**
 * Texts that stand between the wildcards of a pattern. A set of characters is written out, once a run: the
 * run is one of several texts then.
 */
function runsOf(pattern: Pattern): readonly (readonly string[])[] {
  const runs: string[][] = [];
  let run: PatternPart[] = [];
  const close = () => {
    if (run.length > 0) runs.push(textsOf(run));
    run = [];
  };
  for (const part of pattern) {
    const isSecondSet = part.kind === 'oneOf' && run.some(({ kind }) => kind === 'oneOf');
    if (part.kind === 'many' || part.kind === 'one' || isSecondSet) close();
    if (part.kind === 'text' || part.kind === 'oneOf') run.push(part);
  }
  close();
  return runs;
}

function textsOf(run: readonly PatternPart[]): string[] {
  let texts = [''];
  for (const part of run) {
    if (part.kind === 'text') texts = texts.map((text) => text + part.text);
    else if (part.kind === 'oneOf')
      texts = part.characters.split('').flatMap((one) => texts.map((text) => text + one));
  }
  return texts;
}

function containsWake(texts: readonly string[], slot: number): Wake {
  const literals = texts.map((text): Literal => ({ mode: 'contains', text }));
  return {
    triggers: literals.map((literal) => ({ kind: 'literal', slot, literal })),
    frequency: literals.reduce((sum, literal) => sum + frequencyOf(literal), 0),
  };
}

function present(slot: number): Wake {
  return { triggers: [{ kind: 'present', slot }], frequency: PRESENT_FREQUENCY };
}

function frequencyOf(literal: Literal): number {
  const { mode, text } = literal;
  if (isEveryday(literal)) return Math.max(EVERYDAY_FREQUENCY, CONTAINS_FREQUENCY[text.length] ?? 0);
  // A letter of another script, an emoji or a lookalike is rare even alone.
  if (/[^\0-\x7f]/.test(text)) return AFFIX_FREQUENCY;
  const byLength = CONTAINS_FREQUENCY[text.length] ?? LONG_FREQUENCY;
  const contains = RARE_CHARACTER.test(text) ? Math.min(byLength, RARE_FREQUENCY) : byLength;
  return mode === 'contains' ? contains : Math.min(contains, AFFIX_FREQUENCY);
}

function rarest(wakes: readonly (Wake | null)[]): Wake | null {
  let best: Wake | null = null;
  for (const wake of wakes) {
    if (wake !== null && (best === null || wake.frequency < best.frequency)) best = wake;
  }
  return best;
}

/** All of the wakes together; null when one of the alternatives cannot be seen coming. */
function united(wakes: readonly (Wake | null)[]): Wake | null {
  const triggers: Trigger[] = [];
  let frequency = 0;
  for (const wake of wakes) {
    if (wake === null) return null;
    triggers.push(...wake.triggers);
    frequency += wake.frequency;
  }
  return { triggers, frequency };
}
