import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ParsedEvent, ParseOutcome, Rejection } from '../../pipeline/parsing.ts';
import { jsonFormat } from './json-format.ts';

function read(input: string | Uint8Array, cuts: readonly number[] = []): ParseOutcome[] {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const reader = jsonFormat.open({ nowMs: 0 });
  const outcomes: ParseOutcome[] = [];
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    outcomes.push(...reader.push(bytes.subarray(from, to)));
    from = to;
  }
  outcomes.push(...reader.end());
  return outcomes;
}

function events(input: string | Uint8Array): ParsedEvent[] {
  return read(input).flatMap((outcome) => (outcome.ok ? [outcome.event] : []));
}

function rejections(input: string | Uint8Array): Rejection[] {
  return read(input).flatMap((outcome) => (outcome.ok ? [] : [outcome.rejection]));
}

/** Values of member `n` of every event, and reasons of every rejection, in order. */
function story(input: string | Uint8Array): unknown[] {
  return read(input).map((outcome) => (outcome.ok ? outcome.event.fields.n : outcome.rejection.reason));
}

function utf16(text: string, littleEndian: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return littleEndian ? bytes : bytes.swap16();
}

describe('layouts', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['one a line', '{"n":1}\n{"n":2}\n{"n":3}\n'],
    ['CRLF, blank lines, no last newline', '{"n":1}\r\n\r\n{"n":2}\r\n{"n":3}'],
    ['concatenated without anything between', '{"n":1}{"n":2}{"n":3}'],
    ['printed, one after the other', '{\n  "n": 1\n}\n{\n  "n": 2\n}{\n  "n": 3\n}'],
    ['an array', '[{"n":1},{"n":2},{"n":3}]'],
    ['a printed array', '[\n  {\n    "n": 1\n  },\n  {\n    "n": 2\n  },\n  { "n": 3 }\n]\n'],
    ['arrays a line', '[{"n":1},{"n":2}]\n[{"n":3}]\n'],
    ['CloudTrail', '{"Records":[{"n":1},{"n":2},{"n":3}]}'],
    ['CloudTrail, printed', '{\n "Records": [\n  {"n":1},\n  {"n":2},\n  {"n":3}\n ]\n}\n'],
    [
      'Azure, other members around',
      '{"records": [{"n":1}], "next": {"a":[1]}}\n{"id":1,"Records":[{"n":2},{"n":3}]}',
    ],
    ['record separators (RFC 7464)', '\x1e{"n":1}\n\x1e{"n":2}\n\x1e{"n":3}\n'],
    ['NUL padding of a torn file', '{"n":1}\n\0\0\0\0{"n":2}\n{"n":3}\n\0\0\0'],
    ['braces and quotes in strings', '{"n":1,"a":"}{\\"[\\\\"}{"n":2,"b":"]"}\n{"n":3}'],
  ];

  it.each(cases)('%s', (_, input) => {
    expect(story(input)).toEqual([1, 2, 3]);
    expect(jsonFormat.probe(Buffer.from(input))).toBeGreaterThan(0.5);
  });

  it.each([
    ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE with one', (text: string) => utf16(`\ufeff${text}`, true)],
    ['UTF-16BE with one', (text: string) => utf16(`\ufeff${text}`, false)],
    ['UTF-16LE without', (text: string) => utf16(text, true)],
    ['UTF-16BE without', (text: string) => utf16(text, false)],
  ])('%s, with positions in the original bytes', (_, encode) => {
    const bytes = encode('{"n":1,"s":"日本 😀"}\n{"n":2}\n{"n":\n');
    expect(story(bytes)).toEqual([1, 2, 'record_truncated']);
    expect(events(bytes)[0]?.fields.s).toBe('日本 😀');
    const second = events(bytes)[1];
    const encoded = encode('{"n":2}');
    const bare = encoded.subarray(encoded.length - (second?.length ?? 0));
    expect(bytes.subarray(second?.offset, (second?.offset ?? 0) + (second?.length ?? 0))).toEqual(bare);
    expect(jsonFormat.probe(bytes)).toBeGreaterThan(0.5);
  });

  test('positions are those of the record itself', () => {
    const input = '[\n  {"n":1},\n  {\n    "n": 2 }]';
    for (const event of events(input)) {
      expect(JSON.parse(input.slice(event.offset, event.offset + event.length))).toEqual(event.fields);
    }
  });
});

describe('bad input costs its own record only', () => {
  const cases: readonly (readonly [string, string, readonly unknown[]])[] = [
    ['a line of text', '{"n":1}\nhello\n{"n":2}\n', [1, 'invalid_json', 2]],
    ['a string left open', '{"n":1}\n{"n":"2\n{"n":3}\n', [1, 'invalid_json', 3]],
    ['a line cut in the middle', '{"n":1}\n{"a":{"n":1\n{"n":3}\n', [1, 'invalid_json', 3]],
    ['a line cut behind a comma', '{"n":1}\n{"a":2,\n{"n":3}\n{"n":4}\n', [1, 'invalid_json', 3, 4]],
    ['a line cut behind a colon', '{"n":1}\n{"a":\n{"n":3}\n{"n":4}\n', [1, 'invalid_json', 3, 4]],
    ['a line cut behind a colon, at the end', '{"a":\n{"n":3}\n', ['record_truncated', 3]],
    ['a brace too many', '{"n":1}}\n{"n":2}\n', [1, 'invalid_json', 2]],
    ['wrong inside, balanced outside', '[{"n":1},{"n":},{"n":3}]', [1, 'invalid_json', 3]],
    ['a printed record cut off', '{\n  "a": {\n    "n": 9\n{\n  "n": 2\n}\n', ['invalid_json', 2]],
    [
      'a printed member of an array cut off',
      '[\n  {\n    "n": 1,\n  {\n    "n": 2\n  }\n]\n',
      ['invalid_json', 2],
    ],
    ['a bracket that closes a brace', '{"a":[1}\n{"n":2}\n', ['invalid_json', 2]],
    ['the end of input inside a record', '{"n":1}\n{"n":2', [1, 'record_truncated']],
    ['the end of input inside an array of records', '{"Records":[{"n":1},', [1, 'record_truncated']],
    ['scalars', '1\n"a"\n{"n":1}\nnull\n', ['invalid_json', 'invalid_json', 1, 'invalid_json']],
  ];

  it.each(cases)('%s', (_, input, expected) => {
    expect(story(input)).toEqual(expected);
  });

  it.each(cases)('%s, byte by byte', (_, input) => {
    const everywhere = Array.from({ length: input.length }, (_, at) => at);
    expect(read(input, everywhere)).toEqual(read(input));
  });

  test('a rejection says which bytes', () => {
    const input = '{"n":1}\n{"n":"2\n{"n":3}\n';
    const [rejection] = rejections(input);
    expect(input.slice(rejection?.offset, (rejection?.offset ?? 0) + (rejection?.length ?? 0))).toBe(
      '{"n":"2',
    );
  });

  test('nesting: 64 levels are read, more are not, and nothing recurses', () => {
    const nested = (levels: number): string =>
      '{"a":'.repeat(levels - 1) + '{"n":1}' + '}'.repeat(levels - 1);
    expect(events(nested(64))).toHaveLength(1);
    expect(story(`${nested(65)}\n{"n":2}\n`)).toEqual(['too_deep', 2]);
    expect(story(`{"a":${'['.repeat(500_000)}\n{"n":2}\n`)).toEqual(['too_deep', 2]);
    expect(story(`{"a":${'['.repeat(100)}${']'.repeat(100)}}\n{"n":2}\n`)).toEqual(['too_deep', 2]);
  });

  test('invalid UTF-8 keeps the readable part and is flagged', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"n":"a'),
      Uint8Array.of(0xff, 0xc3),
      Buffer.from('b"}\n{"n":"\ufffd"}'),
    ]);
    const [bad, good] = events(bytes);
    expect(bad?.fields.n).toBe('a\ufffd\ufffdb');
    expect(bad?.flags).toEqual(['invalid_utf8']);
    expect(good?.flags).toEqual([]);
  });

  test('raw control characters are escaped and flagged; NUL never reaches the message', () => {
    const [event] = events('{"message":"a\0mimikatz\x01"}\n');
    expect(event?.fields.message).toBe('a\0mimikatz\x01');
    expect(event?.message).toBe('a\u2400mimikatz\x01');
    expect(event?.flags).toEqual(['control_characters']);
  });

  test('__proto__ and constructor are ordinary names', () => {
    const [event, windows] = events(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"message":"m"}\n' +
        '{"EventID":1,"Channel":"x","__proto__":{"polluted":1}}',
    );
    expect(Object.hasOwn(event?.fields ?? {}, '__proto__')).toBe(true);
    expect(Object.hasOwn(windows?.fields ?? {}, '__proto__')).toBe(true);
    expect('polluted' in {}).toBe(false);
  });
});

describe('size', () => {
  const MIB = 1024 * 1024;

  it.each([
    ['a string', '{"n":"', 'x', '"}'],
    ['text', '', 'x', ''],
    ['an array', '{"n":[', '1,', '1]}'],
  ])('100 MB of %s in one line is passed over without being held', (kind, before, unit, behind) => {
    const chunk = Buffer.from(unit.repeat(MIB / unit.length));
    const reader = jsonFormat.open({ nowMs: 0 });
    const outcomes = [...reader.push(Buffer.from(`{"n":1}\n${before}`))];
    const heldBefore = process.memoryUsage();
    let heldMost = 0;
    for (let sent = 0; sent < 100; sent += 1) {
      outcomes.push(...reader.push(chunk));
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      heldMost = Math.max(heldMost, arrayBuffers + heapUsed - heldBefore.arrayBuffers - heldBefore.heapUsed);
    }
    outcomes.push(...reader.push(Buffer.from(`${behind}\n{"n":2}\n`)), ...reader.end());
    const reason = kind === 'text' ? 'invalid_json' : 'record_too_large';
    expect(
      outcomes.map((outcome) => (outcome.ok ? outcome.event.fields.n : outcome.rejection.reason)),
    ).toEqual([1, reason, 2]);
    const length = before.length + 100 * MIB + behind.length;
    expect(outcomes[1]).toMatchObject({ rejection: { offset: 8, length } });
    // The window doubles while it grows to 8 MiB; old storage waits for the collector.
    expect(heldMost).toBeLessThan(64 * MIB);
  });

  test('a record of exactly 8 MiB is read, a byte more is not', () => {
    const record = (size: number): string => `{"n":"${'x'.repeat(size - 8)}"}`;
    expect(events(record(8 * MIB))).toHaveLength(1);
    expect(story(`${record(8 * MIB + 1)}\n{"n":2}`)).toEqual(['record_too_large', 2]);
  });

  test('many records in one line without an end are read as they come', () => {
    const reader = jsonFormat.open({ nowMs: 0 });
    let count = 0;
    const chunk = Buffer.from('{"n":1},'.repeat(20_000));
    reader.push(Buffer.from('['));
    for (let sent = 0; sent < 20; sent += 1) {
      count += reader.push(chunk).length;
      expect(count).toBeGreaterThan(0);
    }
    expect(count + reader.end().length).toBe(400_000);
  });
});

describe('properties', () => {
  const awkward = fc.string({
    unit: fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\n',
      ' ',
      '\\',
      'a',
      '1',
      '\0',
      'é',
      '{"n":1}',
      '"Records":[',
    ),
    maxLength: 120,
  });
  const cutsOf = (length: number) =>
    fc.array(fc.nat(length), { maxLength: 12 }).map((cuts) => cuts.sort((a, b) => a - b));

  test('where the input is cut never shows', () => {
    const cut = awkward.chain((text) => {
      const bytes = Buffer.from(text);
      return fc.tuple(fc.constant(bytes), cutsOf(bytes.length));
    });
    fc.assert(
      fc.property(cut, ([bytes, cuts]) => {
        expect(read(bytes, cuts)).toEqual(read(bytes));
      }),
      { numRuns: 3000 },
    );
  });

  test('any bytes: no throw, and ranges are in order and inside the input', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      awkward.map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (input) => {
        let end = 0;
        for (const outcome of read(input)) {
          const { offset, length } = outcome.ok ? outcome.event : outcome.rejection;
          expect(offset).toBeGreaterThanOrEqual(Math.min(end, offset));
          end = offset + length;
          expect(end).toBeLessThanOrEqual(input.length);
        }
        jsonFormat.probe(input);
      }),
      { numRuns: 3000 },
    );
  });

  test('any records, printed or not, come back equal', () => {
    const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), { maxLength: 8 });
    fc.assert(
      fc.property(records, fc.constantFrom(0, 2), (values, indent) => {
        const whole = values.map((value) => JSON.stringify({ keep: 1, value }, null, indent)).join('\n');
        const fields = events(whole).map((event) => event.fields);
        // Compared as text: a generated value may have an own member named __proto__.
        expect(fields.map((each) => JSON.stringify(each.value))).toEqual(
          values.map((value) => JSON.stringify(value)),
        );
      }),
    );
  });
});
