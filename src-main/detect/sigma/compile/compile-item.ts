import type { YamlPath } from '../../../platform/yaml.ts';
import { parseNetwork } from './cidr.ts';
import { base64Offsets, encodeText } from './encoding.ts';
import type { FieldSlots } from './field-slots.ts';
import { readChain, type ModifierChain, type TimePart } from './modifier-chain.ts';
import { numberIn } from './number-text.ts';
import { literalPattern, parsePattern, widened, type Pattern } from './pattern.ts';
import { expandPlaceholders, type Placeholders } from './placeholders.ts';
import { compileRegex } from './regex.ts';
import { RuleRejected, type DetectionItem, type SigmaValue } from '../document/rule.ts';
import type { ValueTest } from './value-test.ts';
import { windashPatterns } from './windash.ts';

/** One value of an item, ready to be compared. */
export interface ItemValue {
  readonly test: ValueTest;
  /** The rule's value that it came from; several may come from one. */
  readonly written: SigmaValue;
}

/** An item whose modifiers have been applied to its values. */
export interface ItemPlan {
  /** Null for keywords. */
  readonly field: string | null;
  readonly slot: number;
  readonly modifiers: readonly string[];
  readonly values: readonly ItemValue[];
  /** Every value must fit, not just any. */
  readonly all: boolean;
  readonly negated: boolean;
}

/** Values that one comparison may become; one value alone may expand to 10,000. */
const MAX_ITEM_VALUES = 100_000;

export interface ItemContext {
  readonly slots: FieldSlots;
  readonly placeholders: Placeholders;
}

/** Applies an item's modifiers to its values. Throws `RuleRejected` where they make no sense together. */
export function planItem(item: DetectionItem, context: ItemContext): ItemPlan {
  const chain = readChain(item);
  const nullAt = item.values.indexOf(null);
  if (nullAt >= 0 && item.values.length > 1) {
    const hint = 'Give null a selection of its own.';
    throw new RuleRejected([...item.path, nullAt], 'null cannot stand in a list with other values.', hint);
  }
  if (item.field === null) checkKeyword(item, chain);
  if (item.field !== null && leadsToPrototype(item.field)) {
    throw new RuleRejected(item.path, '"__proto__" is not a field.', 'Name another field.');
  }
  const values: ItemValue[] = [];
  for (const [index, value] of item.values.entries()) {
    const path = item.isList ? [...item.path, index] : item.path;
    for (const test of testsOf(value, { item, chain, path, context })) values.push({ test, written: value });
    if (values.length > MAX_ITEM_VALUES) {
      const message = `Placeholders and modifiers make more than ${MAX_ITEM_VALUES} values of this comparison.`;
      throw new RuleRejected(path, message, 'Use shorter lists, or split the rule.');
    }
  }
  const slot = context.slots.slotOf(item.field);
  const { field, modifiers } = item;
  return { field, slot, modifiers, values, all: chain.all, negated: chain.negated };
}

interface ValueContext {
  readonly item: DetectionItem;
  readonly chain: ModifierChain;
  readonly path: YamlPath;
  readonly context: ItemContext;
}

function testsOf(value: SigmaValue, at: ValueContext): readonly ValueTest[] {
  const { chain, path } = at;
  switch (chain.kind) {
    case 'plain':
      return plainTests(value, at);
    case 're':
      return [
        {
          kind: 'regex',
          regex: compileRegex(placedRegex(textOf(value, path), chain), chain.regexFlags, path),
        },
      ];
    case 'cidr':
      return expanded(textOf(value, path), at).map((text) => cidrTest(text, path));
    case 'exists':
      if (typeof value === 'boolean' && !at.item.isList) return [{ kind: 'exists', expected: value }];
      throw new RuleRejected(at.item.path, '"exists" takes true or false.', 'Write one, without quotes.');
    case 'fieldref':
      return [fieldrefTest(textOf(value, path), at)];
    case 'number':
      return [{ kind: 'number', comparison: chain.comparison, value: numberOf(value, path) }];
    case 'time':
      if (chain.timePart === null) throw new Error('A time test without its part.');
      return [timeTest(chain.timePart, value, at)];
  }
}

/** First and last value of each part of a date. ISO 8601 has a week 53, though the specification counts to 52. */
const TIME_RANGES: Readonly<Record<TimePart, readonly [number, number]>> = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
  year: [0, 9999],
};

function timeTest(part: TimePart, value: SigmaValue, { chain, path }: ValueContext): ValueTest {
  const number = numberOf(value, path);
  const [first, last] = TIME_RANGES[part];
  if (Number.isInteger(number) && number >= first && number <= last) {
    return { kind: 'time', part, comparison: chain.comparison, value: number };
  }
  const hint = `Give a whole number from ${first} to ${last}.`;
  throw new RuleRejected(path, `There is no ${part} ${number}.`, hint);
}

function plainTests(value: SigmaValue, at: ValueContext): readonly ValueTest[] {
  const { chain, item, path } = at;
  if (value === null) {
    if (item.modifiers.every((name) => name === 'neq')) return [{ kind: 'null' }];
    throw new RuleRejected(
      path,
      'null cannot be combined with modifiers.',
      'Remove the modifiers or the value.',
    );
  }
  if (typeof value === 'number' && (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)) {
    // 9007199254740993 is 9007199254740992 once it is read as a number, and would match that.
    throw new RuleRejected(path, `${value} is not an exact number.`, 'Quote it, to compare it as text.');
  }
  const isBare = chain.placement === null && chain.base64 === null && chain.encoding === null;
  if (typeof value === 'number' && isBare && item.field !== null) return [{ kind: 'equalsNumber', value }];
  const forms = expanded(String(value), at).map((text) =>
    encoded(text, at).map((pattern) => placed(pattern, at)),
  );
  if (item.field === null && forms.flat().some((pattern) => pattern.every(({ kind }) => kind === 'many'))) {
    throw new RuleRejected(path, 'Every event has this keyword in it.', 'Give it text, or remove it.');
  }
  const { all, cased } = chain;
  return forms.flatMap((patterns): readonly ValueTest[] =>
    all && patterns.length > 1
      ? [{ kind: 'forms', patterns, cased }]
      : patterns.map((pattern) => ({ kind: 'pattern', pattern, cased })),
  );
}

function expanded(text: string, { chain, context, path }: ValueContext): readonly string[] {
  return chain.expand ? expandPlaceholders(text, context.placeholders, path) : [text];
}

/** The value as it stands in the log: wildcards read, dashes varied, encoded. */
function encoded(text: string, { chain, path }: ValueContext): readonly Pattern[] {
  const pattern = parsePattern(text);
  const isEncoded = chain.encoding !== null || chain.base64 !== null;
  const patterns = chain.windash
    ? windashPatterns(pattern, isEncoded ? 'variants' : 'sets', path)
    : [pattern];
  if (!isEncoded) return patterns;
  return patterns.flatMap((variant) => {
    if (!variant.every((part) => part.kind === 'text')) {
      const hint = 'Escape the wildcard with a backslash, or drop the encoding.';
      throw new RuleRejected(path, 'A value with wildcards cannot be encoded.', hint);
    }
    const texts = encodings(variant.map((part) => part.text).join(''), chain);
    if (!texts.includes('')) return texts.map(literalPattern);
    const hint = 'Give it at least two characters.';
    throw new RuleRejected(path, 'The value is too short to be found at every offset.', hint);
  });
}

function encodings(text: string, chain: ModifierChain): readonly string[] {
  const bytes = encodeText(text, chain.encoding ?? 'utf8');
  if (chain.base64 === 'offset') return base64Offsets(bytes);
  return [bytes.toString(chain.base64 === 'whole' ? 'base64' : 'latin1')];
}

/** Keywords are searched inside the record's texts; a field's value is compared with the whole field. */
function placed(pattern: Pattern, { chain, item }: ValueContext): Pattern {
  const anywhere = item.field === null || chain.placement === 'contains';
  const before = anywhere || chain.placement === 'endswith';
  const behind = anywhere || chain.placement === 'startswith';
  return widened(pattern, before, behind);
}

/** An expression may match anywhere, so `contains` adds nothing; the other two tie it to an end. */
function placedRegex(source: string, chain: ModifierChain): string {
  if (chain.placement === 'startswith') return `\\A(?:${source})`;
  return chain.placement === 'endswith' ? `(?:${source})\\z` : source;
}

function cidrTest(text: string, path: YamlPath): ValueTest {
  const network = parseNetwork(text);
  if (network !== null) return { kind: 'cidr', network };
  throw new RuleRejected(path, `"${text}" is not a network.`, 'Write it as 192.0.2.0/24 or 2001:db8::/32.');
}

function fieldrefTest(name: string, { chain, context, path }: ValueContext): ValueTest {
  if (leadsToPrototype(name) || name === '' || parsePattern(name).some(({ kind }) => kind !== 'text')) {
    throw new RuleRejected(path, 'A field reference cannot be empty or have wildcards.', 'Name one field.');
  }
  return {
    kind: 'fieldref',
    slot: context.slots.slotOf(name),
    placement: chain.placement,
    cased: chain.cased,
  };
}

/** What every object inherits is no part of a record. */
function leadsToPrototype(name: string): boolean {
  return name.split('.').includes('__proto__');
}

function checkKeyword(item: DetectionItem, chain: ModifierChain): void {
  const isTied = chain.placement === 'startswith' || chain.placement === 'endswith';
  const searchable = (chain.kind === 'plain' && !isTied) || chain.kind === 're';
  if (!searchable || item.values.includes(null)) {
    const hint = 'Give the values a field name.';
    throw new RuleRejected(item.path, 'Keywords must be texts to search the record for.', hint);
  }
}

function textOf(value: SigmaValue, path: YamlPath): string {
  if (value !== null) return String(value);
  throw new RuleRejected(
    path,
    'null cannot be combined with modifiers.',
    'Remove the modifiers or the value.',
  );
}

function numberOf(value: SigmaValue, path: YamlPath): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? numberIn(value) : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw new RuleRejected(path, `"${String(value)}" is not a number.`, 'Write a number without quotes.');
}

/** A value as the rule says it: modifiers, then the value. */
export function wording({ modifiers }: ItemPlan, { written }: ItemValue): string {
  const text = written === null ? 'null' : String(written);
  return modifiers.length === 0 ? text : `${modifiers.join('|')} ${text}`;
}
