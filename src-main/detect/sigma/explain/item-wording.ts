import type { ItemPlan } from '../compile/compile-item.ts';
import type { ValueTest } from '../compile/value-test.ts';

/** What is known of one item when it is put into words. */
export interface ItemFacts {
  readonly plan: ItemPlan;
  readonly values: readonly string[];
  readonly valueCount: number;
  readonly exists: boolean;
  readonly found: readonly string[];
  readonly holds: boolean;
  readonly fitting: string | null;
}

/** What the item compared with what, as one sentence: 'CommandLine is "x", which does not contain "y".' */
export function itemSentence(facts: ItemFacts): string {
  const { plan, exists } = facts;
  const field = plan.field ?? 'The record';
  const [first] = plan.values;
  if (first?.test.kind === 'exists') return `${field} is ${exists ? 'present' : 'missing'}.`;
  if (plan.field === null) return keywordSentence(facts);
  if (!exists) return missingSentence(field, facts);
  return `${field} is ${foundText(facts.found)}, which ${comparison(facts)}.`;
}

function keywordSentence(facts: ItemFacts): string {
  const { holds, fitting, plan } = facts;
  if (fitting !== null) return `The record contains ${quote(fitting)}.`;
  const verb = holds === plan.negated ? 'does not contain' : 'contains';
  return `The record ${verb} ${valuesText(facts)}.`;
}

function missingSentence(field: string, facts: ItemFacts): string {
  if (facts.holds) return `The event has no ${field}, which the rule accepts.`;
  const { plan } = facts;
  return `The event has no ${field}; the rule wants one that ${verbOf(plan, !plan.negated)} ${valuesText(facts)}.`;
}

function comparison(facts: ItemFacts): string {
  const { plan, holds, fitting } = facts;
  // A negated item holds when its comparison does not.
  const compares = holds !== plan.negated;
  const verb = verbOf(plan, compares);
  if (fitting !== null) return `${verb} ${quote(fitting)}`;
  return `${verb} ${valuesText(facts)}`;
}

/** The comparison in words, as the predicate of a sentence. */
function verbOf({ values }: ItemPlan, isTrue: boolean): string {
  const [first] = values;
  const [yes, no] = first === undefined ? PLAIN : verbsOf(first.test);
  return isTrue ? yes : no;
}

type Verbs = readonly [yes: string, no: string];

const PLAIN: Verbs = ['equals', 'does not equal'];

function verbsOf(test: ValueTest): Verbs {
  switch (test.kind) {
    case 'pattern':
      return patternVerbs(test.pattern.at(0)?.kind === 'many', test.pattern.at(-1)?.kind === 'many');
    case 'forms':
      return patternVerbs(
        test.patterns[0]?.at(0)?.kind === 'many',
        test.patterns[0]?.at(-1)?.kind === 'many',
      );
    case 'regex':
      return ['matches the expression', 'does not match the expression'];
    case 'cidr':
      return ['is in the network', 'is not in the network'];
    case 'number':
      return COMPARISON_VERBS[test.comparison];
    case 'time':
      return [`has the ${test.part}`, `does not have the ${test.part}`];
    case 'fieldref':
      return ['fits the field', 'does not fit the field'];
    case 'equalsNumber':
    case 'null':
    case 'exists':
      return PLAIN;
  }
}

const COMPARISON_VERBS: Readonly<Record<'eq' | 'lt' | 'lte' | 'gt' | 'gte', Verbs>> = {
  eq: PLAIN,
  lt: ['is less than', 'is not less than'],
  lte: ['is at most', 'is more than'],
  gt: ['is more than', 'is not more than'],
  gte: ['is at least', 'is less than'],
};

function patternVerbs(openStart: boolean, openEnd: boolean): Verbs {
  if (openStart && openEnd) return ['contains', 'does not contain'];
  if (openEnd) return ['starts with', 'does not start with'];
  return openStart ? ['ends with', 'does not end with'] : PLAIN;
}

/** The rule's values: one, or how they are joined. */
function valuesText({ plan, values, valueCount }: ItemFacts): string {
  const [only] = values;
  if (only !== undefined && valueCount === 1) return quote(only);
  const shown = values.slice(0, SENTENCE_VALUES).map(quote).join(', ');
  const more = valueCount > SENTENCE_VALUES ? ` and ${valueCount - SENTENCE_VALUES} more` : '';
  return `${plan.all ? 'all of' : 'any of'} ${shown}${more}`;
}

/** Values that a sentence names; the item lists more. */
const SENTENCE_VALUES = 3;
/** Characters of a value that a sentence quotes. */
const SENTENCE_CHARS = 200;

function foundText(found: readonly string[]): string {
  if (found.length === 0) return 'empty';
  return found.slice(0, SENTENCE_VALUES).map(quote).join(', ');
}

function quote(text: string): string {
  return text.length > SENTENCE_CHARS ? `"${text.slice(0, SENTENCE_CHARS)}…"` : `"${text}"`;
}
