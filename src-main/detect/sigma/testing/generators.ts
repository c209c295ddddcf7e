import fc from 'fast-check';
import type { Fields, FieldValue } from '#shared/model/event.ts';
import type { SigmaValue } from '../document/rule.ts';

/** Few characters, so that values and events meet often; and what Sigma or an index may trip over. */
const character = fc.constantFrom(
  ...['a', 'b', 'A', 'c', '-', '/', '–', ' ', '*', '?', '\\', '1', '0', '.', '%', '\n'],
  ...['é', 'É', 'σ', 'Σ', 'ς', 'ſ', 's', 'K', 'k', 'ß', 'İ', 'µ', '😀', '𐐀', '𐐨'],
);
const short = fc.array(character, { maxLength: 6 }).map((list) => list.join(''));
/** Longer than what an index keeps of a literal, and alike but for a few characters. */
const long = fc
  .tuple(short, fc.constantFrom('a', 'b'))
  .map(([text, one]) => `${one}${'ab'.repeat(8)}${text}${one}`);
const text = fc.oneof({ weight: 4, arbitrary: short }, { weight: 1, arbitrary: long });
const number = fc.constantFrom(0, 1, 10, -1, 1.5, 16, 4688);
const address = fc.constantFrom(
  '10.0.0.1',
  '10.1.2.3',
  '::1',
  '::ffff:10.0.0.1',
  'fe80::1%a',
  '1.2.3.4.5',
  '10.0.0.01',
);
const date = fc.constantFrom(
  ...['2024-12-30T00:59:00Z', '2025-01-01', '2023-02-29', '2020-12-31 23:00:00', '2024-01-01T24:00'],
);
const plain: fc.Arbitrary<FieldValue> = fc.oneof(
  { weight: 5, arbitrary: text },
  number,
  address,
  date,
  fc.constantFrom<FieldValue>('10', '0x10', '1.0', '+1', true, false, 'true', null, ''),
);

const textValue = fc.oneof(
  { weight: 6, arbitrary: text },
  fc.constantFrom<SigmaValue>(0, 10, 4688, true, '10', '0x10', ''),
);
/** Without wildcards, and long enough for every offset of base64. */
const encodable = text.map((one) => `ab${one.replaceAll(/[*?\\]/g, 'x')}`);
/** With something in it that not every text has. */
const keyword = text.map((one) => `a${one}`);
const placeholder = fc.constantFrom('%p%', 'a%p%b', '\\%p%', '\\\\%p%', '%p%%q%', 'a%', 'plain*');
const network = fc.constantFrom('10.0.0.0/8', '10.0.0.1', '::/0', '::1/127', '::ffff:10.0.0.0/104');
const expression = fc.constantFrom(
  ...['a+b', '^ab', '(ab|ba)c', 'a.b$', '[ab]c?', 'abab', 'ab{2}', '(?i)ABA', 'a|b', 'x*', 'é', 'σ', '^.$'],
  ...['(a|b)+c', '[^a]b', '\\*', 'a{0}b', '(?:ab)?c', '^$', 'a\\.b', '(aa|ab)(b|c)', 'k|ſ', 'ab.?ab', '\\s'],
);

type Family = readonly [chains: readonly string[], values: fc.Arbitrary<SigmaValue>];

/** Chains of modifiers that are legal for a field, with the values that go with them. */
const FIELD_CHAINS: readonly Family[] = [
  [
    ['', '', '|contains', '|startswith', '|endswith', '|cased', '|contains|cased', '|cased|startswith'],
    textValue,
  ],
  [['|neq', '|contains|neq', '|neq|endswith', '|cased|neq'], textValue],
  [['|windash', '|contains|windash', '|windash|endswith', '|windash|cased|contains'], textValue],
  [
    ['|windash|base64', '|base64', '|base64|contains', '|base64offset|contains', '|utf16le|contains'],
    encodable,
  ],
  [['|wide|base64offset|contains', '|utf16be|base64offset|contains', '|utf16|base64|contains'], encodable],
  [['|expand', '|contains|expand', '|expand|startswith|cased'], placeholder],
  [
    ['|re', '|re|i', '|re|m', '|re|s', '|re|startswith', '|re|endswith', '|re|neq', '|re|contains'],
    expression,
  ],
  [['|lt', '|lte', '|gt', '|gte', '|gt|neq'], number],
  [['|minute|gte', '|hour', '|lt|hour', '|day|neq', '|week', '|month|lte'], fc.constantFrom(1, 2, 12)],
  [['|year|gt', '|year'], fc.constantFrom(2023, 2024)],
  [['|cidr', '|cidr|neq'], network],
  [
    ['|fieldref', '|fieldref|neq', '|fieldref|contains', '|endswith|fieldref'],
    fc.constantFrom('F', 'G', 'a.b', 'H'),
  ],
];
const KEYWORD_CHAINS: readonly Family[] = [
  [['', '|contains', '|cased', '|windash', '|neq'], keyword],
  [['|re', '|re|i'], expression],
  [['|base64offset', '|wide|base64offset'], encodable],
];

const FIELDS = ['F', 'G', 'a', 'a.b', 'toString'];

type Entry = readonly [key: string, value: unknown];

/** A key and its value or values, `all` with at least two. */
function entriesOf(names: readonly string[], families: readonly Family[]): fc.Arbitrary<Entry> {
  return fc.tuple(fc.constantFrom(...names), fc.constantFrom(...families)).chain(([name, [chains, value]]) =>
    fc.constantFrom(...chains).chain((chain) =>
      fc.oneof(
        value.map((one): Entry => [name + chain, name === '' ? [one] : one]),
        fc.array(value, { minLength: 1, maxLength: 4 }).map((list): Entry => [name + chain, list]),
        fc.array(value, { minLength: 2, maxLength: 3 }).map((list): Entry => [`${name + chain}|all`, list]),
      ),
    ),
  );
}

const item = fc.oneof(
  { weight: 10, arbitrary: entriesOf(FIELDS, FIELD_CHAINS) },
  { weight: 1, arbitrary: entriesOf([''], KEYWORD_CHAINS) },
  { weight: 1, arbitrary: fc.constantFrom(...FIELDS).map((name): Entry => [name, null]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...FIELDS), fc.boolean())
      .map(([name, yes]): Entry => [`${name}|exists`, yes]),
  },
  {
    // Long enough to be searched with an index.
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('F', 'G|contains', 'F|endswith', 'G|startswith', 'F|windash'),
        fc.array(textValue, { minLength: 12, maxLength: 20 }),
      )
      .map(([key, values]): Entry => [key, values]),
  },
);
const map = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => Object.fromEntries(items));
const selection = fc.oneof(
  { weight: 5, arbitrary: map },
  { weight: 1, arbitrary: fc.array(map, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(keyword, { minLength: 1, maxLength: 3 }) },
);

const condition: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      's1',
      's2',
      's_3',
      '_s4',
      '1 of s*',
      'all of s*',
      '1 of them',
      'all of s*_*',
      'any of *1',
    ),
    tie('node').map((one) => `not ${one}`),
    tie('node').map((one) => `(${one})`),
    fc.tuple(tie('node'), fc.constantFrom('and', 'or', 'AND'), tie('node')).map((parts) => parts.join(' ')),
  ),
})).node;

/** The detection of a rule as data; some of them the compiler refuses. */
export const detection = fc
  .tuple(
    selection,
    selection,
    selection,
    selection,
    fc.oneof(condition, fc.array(condition, { minLength: 1, maxLength: 2 })),
  )
  .map(([s1, s2, s_3, _s4, stated]) => ({ s1, s2, s_3, _s4, condition: stated }));

export type Detection = typeof detection extends fc.Arbitrary<infer Value> ? Value : never;

/** Values for the placeholders that generated rules name. */
export const PLACEHOLDERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['p', ['a', 'b*', 'a?c']],
  ['q', ['1', 'é']],
]);

/** How a value of a rule is turned into a value of an event that nearly fits, or just does. */
const nearness = fc.record({
  pick: fc.nat(),
  fill: short,
  before: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: short }),
  behind: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: short }),
  change: fc.constantFrom('none', 'upper', 'lower', 'drop', 'base64', 'utf16', 'dash', 'array', 'number'),
});

function nearTo(
  values: readonly string[],
  near: typeof nearness extends fc.Arbitrary<infer V> ? V : never,
): FieldValue {
  const value = values[near.pick % Math.max(values.length, 1)] ?? '';
  const bare = value.replaceAll(/\\([*?\\])|([*?])/g, (_, kept?: string) => kept ?? near.fill);
  const whole = near.before + bare + near.behind;
  switch (near.change) {
    case 'upper':
      return whole.toUpperCase();
    case 'lower':
      return whole.toLowerCase();
    case 'drop':
      return whole.slice(1);
    case 'base64':
      return Buffer.from(whole).toString('base64');
    case 'utf16':
      return Buffer.from(whole, 'utf16le').toString('base64');
    case 'dash':
      return whole.replaceAll(/[-/–]/g, '—');
    case 'array':
      return [near.fill, [whole]];
    case 'number':
      return Number.isFinite(Number(whole)) ? Number(whole) : whole;
    default:
      return whole;
  }
}

/** Records of which many values come from the rules' own. */
export function recordsFor(detections: readonly Detection[]): fc.Arbitrary<readonly Fields[]> {
  const values = detections.flatMap(textsIn);
  const near = nearness.map((one) => nearTo(values, one));
  const value: fc.Arbitrary<FieldValue> = fc.oneof(
    { weight: 3, arbitrary: plain },
    { weight: 4, arbitrary: near },
    { weight: 1, arbitrary: fc.array(fc.oneof(plain, near), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('b', 'c'), plain, { noNullPrototype: true }) },
    { weight: 1, arbitrary: fc.array(fc.record({ b: fc.oneof(plain, near) }), { maxLength: 2 }) },
  );
  const record = fc.dictionary(fc.constantFrom(...FIELDS), value, { noNullPrototype: true });
  return fc.array(record, { minLength: 1, maxLength: 5 });
}

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}
