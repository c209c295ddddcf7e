import { resolveField } from '#shared/query/aliases.ts';
import type { QueryNode, QueryValue } from '#shared/query/ast.ts';
import type { LogSource } from '#shared/model/event.ts';
import { acceptedLogsources } from '#shared/model/logsource.ts';
import type { ItemPlan } from '../compile/compile-item.ts';
import type { CompiledRule } from '../compile/compile-rule.ts';
import { numericLiteral } from '../compile/number-text.ts';
import type { Pattern } from '../compile/pattern.ts';
import type { Requirement } from '../compile/requirement.ts';
import type { ValueTest } from '../compile/value-test.ts';

/** Values of one item that a query lists; one with more says nothing. */
const MAX_VALUES = 64;
/** From here on a number's digits are not all in its text. */
const PLAIN_DIGITS_BELOW = 1e15;

/**
 * What every event that the rules match fulfils, as a query of the hunt language, which a store can search by its
 * indexes; null when it can be anything. The query only widens: where the language and Sigma differ (case of letters
 * outside ASCII, lists inside lists, numbers as text) it asks for less.
 */
export function prefilterOf(rules: readonly CompiledRule[], anyLogsource: boolean): QueryNode | null {
  const each = rules.map(({ rule, requirement }) =>
    all([anyLogsource ? null : logsourceNode(rule.logsource), requirementNode(requirement)]),
  );
  return rules.length === 0 ? null : any(each);
}

function logsourceNode(logsource: LogSource): QueryNode | null {
  const parts: readonly (keyof LogSource)[] = ['product', 'category', 'service'];
  return any(
    acceptedLogsources(logsource).map((accepted) =>
      all(parts.map((part) => namesNode(part, accepted[part]))),
    ),
  );
}

/** Any of the names; null where the language could not be asked for them all. */
function namesNode(part: keyof LogSource, names: readonly string[] | null): QueryNode | null {
  if (names?.every((name) => /^[\x20-\x7e]+$/.test(name)) !== true) return null;
  return any(names.map((name) => compare(part, literal(name))));
}

function requirementNode(requirement: Requirement): QueryNode | null {
  switch (requirement.kind) {
    case 'item':
      return itemNode(requirement.item.plan);
    case 'and':
      return all(requirement.parts.map(requirementNode));
    case 'or':
      return any(requirement.parts.map(requirementNode));
    case 'not':
      return null;
  }
}

function itemNode(plan: ItemPlan): QueryNode | null {
  const { field, values, negated } = plan;
  if (negated) return null;
  // A name that the language takes for one of its columns would be looked for in the wrong place.
  if (field !== null && resolveField(field).kind === 'column') return null;
  // Whether a field is there at all costs the store more to find out than the engine.
  if (!plan.all && values.length > MAX_VALUES) return null;
  const nodes = values.slice(0, MAX_VALUES).map(({ test }) => valueNode(field, valueOf(test)));
  return plan.all ? all(nodes) : any(nodes);
}

/** Any of the texts, each inside a value of the field; `field` is null for the whole record. */
function valueNode(field: string | null, values: readonly QueryValue[] | null): QueryNode | null {
  if (values === null) return null;
  const inRecord = (): QueryNode | null => any(values.flatMap(textNodes));
  if (field === null) return inRecord();
  const [only] = values;
  if (only === undefined) return null;
  const inField = compare(field, values.length === 1 ? only : { kind: 'list', values });
  // Sigma follows dots through lists, the language does not.
  return field.includes('.') ? any([inField, inRecord()]) : inField;
}

/** The texts in which a value may stand in the record. */
function textNodes(value: QueryValue): readonly QueryNode[] {
  const texts = value.kind === 'number' ? wildcard(`*${digitsOf(value.value)}*`) : value;
  return texts.kind === 'pattern' ? [{ kind: 'text', pattern: texts.pattern, position: 0 }] : [];
}

/** What a value that passes the test contains; null when nothing can be said. */
function valueOf(test: ValueTest): readonly QueryValue[] | null {
  if (test.kind === 'equalsNumber') return numberValues(test.value);
  if (test.kind !== 'pattern') return null;
  const glob = globOf(test.pattern);
  if (glob === null) return null;
  const [only] = test.pattern;
  const number = only?.kind === 'text' ? numericLiteral(only.text) : Number.NaN;
  // A whole value that is a number is equal to that number however the rule writes it.
  return Number.isNaN(number) ? [glob] : [glob, ...(numberValues(number) ?? [])];
}

/** The number, and texts that Sigma takes for it: with a plus sign, in hexadecimal, or in a list inside a list. */
function numberValues(value: number): readonly QueryValue[] | null {
  if (Math.abs(value) >= PLAIN_DIGITS_BELOW) return null;
  const digits = digitsOf(value);
  const texts = [`+*${digits}*`, `0x*${Math.trunc(value).toString(16)}`, `[*${digits}*`];
  return [{ kind: 'number', value, text: String(value) }, ...texts.map(wildcard)];
}

/** Digits before the point: they stand in every way to write the number but the hexadecimal one. */
function digitsOf(value: number): string {
  return String(Math.trunc(Math.abs(value)));
}

/**
 * A pattern as wildcard text that lies anywhere in the value. Letters that others fold onto (long s, Kelvin sign, I
 * with a dot) become `?`; what JSON writes in another way, and what is not ASCII, becomes `*`.
 */
function globOf(pattern: Pattern): QueryValue | null {
  const inner = pattern.map((part) => (part.kind === 'text' ? globText(part.text) : '*')).join('');
  const glob = `*${inner}*`.replace(/\*+/g, '*');
  return /[^*?]/.test(glob) ? wildcard(glob) : null;
}

function globText(text: string): string {
  return text.replace(/[kKsSiI]/g, '?').replace(/[^\x20-\x7e]|[*\\"]/g, '*');
}

function wildcard(text: string): QueryValue {
  return { kind: 'pattern', pattern: { text, literal: false } };
}

function literal(text: string): QueryValue {
  return { kind: 'pattern', pattern: { text, literal: true } };
}

function compare(field: string, value: QueryValue): QueryNode {
  return { kind: 'compare', field, op: '=', value, position: 0 };
}

function all(nodes: readonly (QueryNode | null)[]): QueryNode | null {
  const known = nodes.filter((node) => node !== null);
  const [only] = known;
  return known.length > 1 ? { kind: 'and', nodes: known } : (only ?? null);
}

/** Open as a whole when one alternative is. */
function any(nodes: readonly (QueryNode | null)[]): QueryNode | null {
  const known = nodes.filter((node) => node !== null);
  if (known.length < nodes.length) return null;
  const [only] = known;
  return known.length > 1 ? { kind: 'or', nodes: known } : (only ?? null);
}
