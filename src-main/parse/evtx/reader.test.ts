import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParseOutcome } from '../../pipeline/parsing.ts';
import * as build from './build-evtx.ts';
import { evtxFormat } from './format.ts';
import { MAX_DEPTH } from './layout.ts';
import { VALUE } from './tokens.ts';

function decode(bytes: Buffer, pieceBytes = bytes.length): ParseOutcome[] {
  const reader = evtxFormat.open({ nowMs: 0 });
  const outcomes: ParseOutcome[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    outcomes.push(...reader.push(bytes.subarray(at, at + pieceBytes)));
  }
  return [...outcomes, ...reader.end()];
}

/** One line per outcome: record number (with * where recovered) or reason with place. */
function summary(outcomes: readonly ParseOutcome[]): string[] {
  return outcomes.map((outcome) => {
    if (outcome.ok) return `${String(outcome.event.recordId)}${outcome.event.flags.length > 0 ? '*' : ''}`;
    const { reason, offset, length } = outcome.rejection;
    return `${reason} ${offset}+${length}`;
  });
}

interface BuiltChunk {
  readonly bytes: Buffer;
  readonly records: readonly build.Written[];
}

/** A chunk of everyday records with numbers from `first` on. */
function chunkOf(count: number, first = 1): BuiltChunk {
  const writer = new build.ChunkWriter();
  const records = Array.from({ length: count }, (_, index) =>
    build.logonRecord(writer, first + index, `user${first + index}`),
  );
  return { bytes: writer.finish(), records };
}

/** A file of one chunk with five records, after `damage`. Offsets of the chunk are 4,096 less than the file's. */
function damaged(damage: (chunk: Buffer, records: readonly build.Written[]) => void): string[] {
  const { bytes, records } = chunkOf(5);
  damage(bytes, records);
  return summary(decode(build.evtxFile(bytes)));
}

const file = (place: build.Written | undefined): string => `${4096 + place!.start}+${place!.size}`;

describe('damage costs only what it covers', () => {
  const { records } = chunkOf(5);

  it('in nothing, gives every record', () => {
    expect(damaged(() => undefined)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('in a record content', () => {
    const outcome = damaged((chunk, [, , third]) =>
      chunk.fill(0xee, third!.start + 24, third!.start + third!.size - 4),
    );
    expect(outcome).toEqual(['1', '2', `record_damaged ${file(records[2])}`, '4', '5']);
  });

  it('in a record magic', () => {
    const outcome = damaged((chunk, [, , third]) => chunk.fill(0, third!.start, third!.start + 4));
    expect(outcome).toEqual(['1', '2', `record_damaged ${file(records[2])}`, '4*', '5*']);
  });

  it.each([0, 1, 27, 400, 65_536, 0xffff_ffff])(
    'in a record size, now %i: the record too is kept',
    (size) => {
      const outcome = damaged((chunk, [, , third]) => chunk.writeUInt32LE(size, third!.start + 4));
      expect(outcome.slice(0, 2)).toEqual(['1', '2']);
      expect(outcome).toContain('3*');
      expect(outcome.slice(-2)).toEqual(['4*', '5*']);
    },
  );

  it('in the definition that all records use: the first keeps nothing, nobody hangs', () => {
    const outcome = damaged((chunk, [first]) => chunk.fill(0xff, first!.start + 60, first!.start + 70));
    expect(outcome).toHaveLength(5);
  });

  it('in the chunk header', () => {
    expect(damaged((chunk) => chunk.fill(0, 0, 512))).toEqual([
      'chunk_damaged 4096+512',
      '1*',
      '2*',
      '3*',
      '4*',
      '5*',
    ]);
  });

  it('in a stale end of records', () => {
    expect(damaged((chunk, [, second]) => chunk.writeUInt32LE(second!.start, 48))).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
  });
});

describe('remains of earlier use', () => {
  it('past the stated end are not read as records', () => {
    const writer = new build.ChunkWriter();
    build.logonRecord(writer, 11, 'new');
    const end = writer.at;
    build.logonRecord(writer, 3, 'old');
    const chunk = writer.finish();
    chunk.writeUInt32LE(end, 48);
    expect(summary(decode(build.evtxFile(chunk)))).toEqual(['11']);
  });
});

describe('files', () => {
  const zeroes = Buffer.alloc(65_536);
  const first = chunkOf(2).bytes;
  const second = chunkOf(2, 3).bytes;

  it.each<[string, Buffer, string[]]>([
    ['chunks past zeroed ones', build.evtxFile(first, zeroes, second, zeroes), ['1', '2', '3', '4']],
    ['chunks without file header', Buffer.concat([first, second]), ['1', '2', '3', '4']],
    ['a zeroed file header', Buffer.concat([Buffer.alloc(4096), first]), ['header_damaged 0+4096', '1', '2']],
    ['a short file header', Buffer.concat([Buffer.alloc(100), first]), ['header_damaged 0+100', '1', '2']],
    ['no file header but its magic', Buffer.from('ElfFile\0'), ['header_damaged 0+8']],
    ['nothing', Buffer.alloc(0), []],
    [
      'a chunk of other data',
      build.evtxFile(Buffer.alloc(65_536, 7), first),
      ['chunk_damaged 4096+65536', '1', '2'],
    ],
    ['bytes lost between chunks', build.evtxFile(first.subarray(0, 30_000), second), ['1', '2', '3', '4']],
    [
      'bytes put between chunks',
      build.evtxFile(first, Buffer.alloc(5000, 1), second),
      ['1', '2', 'chunk_damaged 69632+5000', '3', '4'],
    ],
  ])('with %s', (_, bytes, expected) => {
    expect(summary(decode(bytes))).toEqual(expected);
    expect(summary(decode(bytes, 1000))).toEqual(expected);
  });

  it('cut within a record keep the complete ones', () => {
    const { bytes, records } = chunkOf(3);
    const cut = 4096 + records[2]!.start + 40;
    expect(summary(decode(build.evtxFile(bytes).subarray(0, cut)))).toEqual([
      '1',
      '2',
      `record_truncated ${4096 + records[2]!.start}+40`,
    ]);
  });

  it('cut between records say that some are missing', () => {
    const { bytes, records } = chunkOf(3);
    const cut = 4096 + records[2]!.start;
    expect(summary(decode(build.evtxFile(bytes).subarray(0, cut)))).toEqual([
      '1',
      '2',
      `record_truncated ${cut}+0`,
    ]);
  });
});

describe('hostile records end', () => {
  /** A template whose content is made afterwards, so that it can contain itself. */
  const loop: { name: string; children: build.Content[] } = { name: 'EventData', children: [] };

  function afterwards(write: (writer: build.ChunkWriter) => void): string[] {
    const writer = new build.ChunkWriter();
    writer.record(1, write);
    build.logonRecord(writer, 2, 'next');
    return summary(decode(build.evtxFile(writer.finish())));
  }

  it('that use a template within itself', () => {
    loop.children = [
      { template: loop, values: [] },
      { template: loop, values: [] },
    ];
    const outcome = afterwards((writer) => writer.templated(loop, []));
    expect(outcome[0]).toMatch(/^record_damaged/);
    expect(outcome[1]).toBe('2');
  });

  it('that multiply through templates', () => {
    let level: build.Xml = { name: 'EventData', children: ['x'] };
    const levels = Array.from({ length: 12 }, () => {
      const inner = level;
      level = {
        name: 'EventData',
        children: Array.from({ length: 8 }, () => ({ template: inner, values: [] })),
      };
      return level;
    });
    const outcome = afterwards((writer) => writer.templated(levels.at(-1)!, []));
    expect(outcome[0]).toMatch(/^record_damaged/);
    expect(outcome[1]).toBe('2');
  });

  it('that use one long value thousands of times', () => {
    const data = Array.from({ length: 5000 }, () => ({ substitution: 0 }));
    const event: build.Xml = { name: 'EventData', children: [{ name: 'Data', children: data }] };
    const outcome = afterwards((writer) => writer.templated(event, [build.text('x'.repeat(10_000))]));
    expect(outcome[0]).toMatch(/^record_damaged/);
    expect(outcome[1]).toBe('2');
  });

  it.each([MAX_DEPTH - 10, MAX_DEPTH + 1])('that nest %i elements', (depth) => {
    let xml: build.Xml = { name: 'Leaf', children: ['x'] };
    for (let level = 0; level < depth; level++) xml = { name: 'E', children: [xml] };
    const outcome = afterwards((writer) => writer.fragment({ name: 'UserData', children: [xml] }));
    expect(outcome[0]).toMatch(depth < MAX_DEPTH ? /^1$/ : /^record_damaged/);
    expect(outcome[1]).toBe('2');
  });

  it('that nest fragments in values', () => {
    const holder: build.Xml = { name: 'EventData', children: [{ substitution: 0, type: VALUE.binXml }] };
    let value = build.text('x');
    for (let level = 0; level < MAX_DEPTH + 1; level++) {
      const inner = value;
      value = build.embedded((writer) => writer.templated(holder, [inner]));
    }
    const outcome = afterwards((writer) => writer.templated(holder, [value]));
    expect(outcome[0]).toMatch(/^record_damaged/);
    expect(outcome[1]).toBe('2');
  });

  it.each<[string, number, number]>([
    ['a definition offset beyond the chunk', 6, 0xffff_fff0],
    ['a definition offset at its own instance', 6, 536],
    ['more values than a chunk holds', 10, 0xffff_ffff],
  ])('with %s', (_, field, value) => {
    const { bytes, records } = chunkOf(3);
    // The second record's instance token follows its header and the fragment header.
    const token = records[1]!.start + 28;
    bytes.writeUInt32LE(value, token + field);
    expect(summary(decode(build.evtxFile(bytes)))).toEqual(['1', `record_damaged ${file(records[1])}`, '3']);
  });
});

it('values that reach beyond their record are not read from the next one', () => {
  const { bytes, records } = chunkOf(3);
  // The second record reuses the definition: its value descriptors follow its token, 10 bytes, and their count.
  const lastDescriptor = records[1]!.start + 28 + 14 + 4 * 6;
  bytes.writeUInt16LE(records[1]!.size, lastDescriptor);
  expect(summary(decode(build.evtxFile(bytes)))).toEqual(['1', `record_damaged ${file(records[1])}`, '3']);
});

it('a recovered record is not read through a template that took the place of its own', () => {
  const { bytes, records } = chunkOf(2);
  // Use of the template by the second record: its id no longer is that of the definition.
  bytes.writeUInt32LE(0x0bad_0bad, records[1]!.start + 28 + 2);
  expect(summary(decode(build.evtxFile(bytes)))).toEqual(['1', '2']);
  bytes.fill(0, 0, 512);
  expect(summary(decode(build.evtxFile(bytes)))).toEqual([
    'chunk_damaged 4096+512',
    '1*',
    `record_damaged ${file(records[1])}`,
  ]);
});

describe('any input', () => {
  const sample = build.evtxFile(chunkOf(40).bytes, chunkOf(40, 41).bytes);
  const used = sample.subarray(0, 4096 + 20_000);

  it('gives the same outcomes however it is cut', () => {
    const patch = fc.tuple(fc.nat(used.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }));
    fc.assert(
      fc.property(
        fc.array(patch, { maxLength: 6 }),
        fc.integer({ min: 700, max: 90_000 }),
        (patches, piece) => {
          const bytes = Buffer.from(sample);
          for (const [at, values] of patches) bytes.set(values, at);
          expect(decode(bytes, piece)).toEqual(decode(bytes));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('mutated never throws and keeps at least the records of the other chunk', () => {
    const patch = fc.tuple(
      fc.nat(20_000),
      fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.constant(Buffer.alloc(64))),
    );
    fc.assert(
      fc.property(fc.array(patch, { minLength: 1, maxLength: 20 }), (patches) => {
        const bytes = Buffer.from(sample);
        for (const [at, values] of patches) bytes.set(values, 4096 + 512 + at);
        const good = decode(bytes).filter((outcome) => outcome.ok && outcome.event.offset >= 4096 + 65_536);
        expect(good).toHaveLength(40);
      }),
      { numRuns: 200 },
    );
  });

  it('truncated gives the same records as far as it goes', () => {
    const whole = summary(decode(sample));
    fc.assert(
      fc.property(fc.nat(sample.length), (length) => {
        const records = summary(decode(sample.subarray(0, length))).filter((line) => /^\d+$/.test(line));
        expect(records).toEqual(whole.slice(0, records.length));
      }),
      { numRuns: 60 },
    );
  });

  it('byte by byte gives the same outcomes', () => {
    const bytes = build.evtxFile(chunkOf(3).bytes).subarray(0, 9000);
    expect(decode(bytes, 1)).toEqual(decode(bytes));
  });

  it('of random bytes after the magic never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (noise) => {
        const chunk = Buffer.from(sample.subarray(4096, 4096 + 65_536));
        chunk.set(noise, 536);
        for (const outcome of decode(build.evtxFile(chunk))) expect(outcome).toHaveProperty('ok');
      }),
      { numRuns: 200 },
    );
  });
});
