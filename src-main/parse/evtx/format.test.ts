import { describe, expect, it } from 'vitest';
import type { Fields, FieldValue } from '#shared/model/event.ts';
import type { ParsedEvent, Rejection } from '../../pipeline/parsing.ts';
import * as build from './build-evtx.ts';
import { evtxFormat } from './format.ts';
import { ARRAY_FLAG, VALUE } from './tokens.ts';

function read(bytes: Buffer): { events: ParsedEvent[]; rejections: Rejection[] } {
  const reader = evtxFormat.open({ nowMs: 0 });
  const outcomes = [...reader.push(bytes), ...reader.end()];
  return {
    events: outcomes.flatMap((outcome) => (outcome.ok ? [outcome.event] : [])),
    rejections: outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.rejection])),
  };
}

/** Reads one record that `write` writes. */
function readOne(write: (writer: build.ChunkWriter) => void): {
  events: ParsedEvent[];
  rejections: Rejection[];
} {
  const writer = new build.ChunkWriter();
  writer.record(1, write);
  return read(build.evtxFile(writer.finish()));
}

/** Fields of one template-less event with `children` below Event. */
function fieldsOf(...children: readonly build.Content[]): Fields | undefined {
  return readOne((writer) => writer.fragment({ name: 'Event', children })).events[0]?.fields;
}

/** Fields of a templated event whose EventData is `data` with `values`. */
function dataFields(data: build.Xml, values: readonly build.Value[]): Fields {
  const payload = build.embedded((inner) => inner.templated(data, values));
  const { events, rejections } = readOne((writer) =>
    writer.templated(build.SECURITY_EVENT, build.securityValues(1, payload)),
  );
  expect(rejections).toEqual([]);
  return events[0]!.fields;
}

const named = (name: string, ...children: build.Content[]): build.Xml => ({
  name: 'Data',
  attributes: { Name: name },
  children,
});

describe('a templated record', () => {
  it('gives flat fields, host, time, severity and place', () => {
    const writer = new build.ChunkWriter();
    const place = build.logonRecord(writer, 7, 'alice');
    const { events, rejections } = read(build.evtxFile(writer.finish()));
    expect(rejections).toEqual([]);
    expect(events).toEqual([
      {
        eventTs: build.RECORD_TIME_MS,
        severity: 9,
        host: 'host.example',
        message: 'Security 4624: TargetUserName=alice LogonType=3',
        logsource: { category: null, product: 'windows', service: null },
        fields: {
          Provider_Name: 'Test-Provider',
          Provider_Guid: '{0000}',
          EventID: 4624,
          Level: 4,
          TimeCreated_SystemTime: '2024-02-29T12:34:56.789000Z',
          EventRecordID: 7,
          Channel: 'Security',
          Computer: 'host.example',
          TargetUserName: 'alice',
          LogonType: 3,
          'Logon Type': 3,
        },
        recordId: 7,
        offset: 4096 + place.start,
        length: place.size,
        flags: [],
      },
    ]);
    expect(Object.getPrototypeOf(events[0]!.fields)).toBeNull();
  });

  it('shares a definition among the records of a chunk', () => {
    const writer = new build.ChunkWriter();
    for (let number = 1; number <= 50; number++) build.logonRecord(writer, number, `user${number}`);
    const { events } = read(build.evtxFile(writer.finish()));
    expect(events.map((event) => event.fields.TargetUserName)).toEqual(
      Array.from({ length: 50 }, (_, index) => `user${index + 1}`),
    );
  });

  it('keeps qualifiers that are not zero', () => {
    const values = build.securityValues(1, build.nothing);
    values[4] = build.uint16(16384);
    const { events } = readOne((writer) => writer.templated(build.SECURITY_EVENT, values));
    expect(events[0]!.fields.EventID_Qualifiers).toBe(16384);
  });
});

describe('names', () => {
  const value = [build.text('x'), build.text('y')];

  it.each<[string, build.Xml, Record<string, FieldValue>]>([
    [
      'repeated names become an array',
      { name: 'EventData', children: [named('A', { substitution: 0 }), named('A', { substitution: 1 })] },
      { A: ['x', 'y'] },
    ],
    [
      'a name of System gets a prefix',
      { name: 'EventData', children: [named('Channel', { substitution: 0 })] },
      { Channel: 'Security', EventData_Channel: 'x' },
    ],
    [
      'unnamed data collects under Data',
      {
        name: 'EventData',
        children: [
          { name: 'Data', children: [{ substitution: 0 }] },
          { name: 'Data', children: [{ substitution: 1 }] },
        ],
      },
      { Data: ['x', 'y'] },
    ],
    [
      'a single unnamed value is no array',
      { name: 'EventData', children: [{ name: 'Data', children: [{ substitution: 0 }] }] },
      { Data: 'x' },
    ],
    [
      'an attribute of EventData',
      { name: 'EventData', attributes: { Name: 'Kind' }, children: [named('A', { substitution: 0 })] },
      { EventData_Name: 'Kind', A: 'x' },
    ],
    [
      'a name that is a value',
      {
        name: 'EventData',
        children: [
          { name: 'Data', attributes: { Name: { substitution: 0 } }, children: [{ substitution: 1 }] },
        ],
      },
      { x: 'y' },
    ],
    [
      'UserData by its leaves and attributes',
      {
        name: 'UserData',
        children: [
          {
            name: 'EventXML',
            attributes: { 'xmlns:p': 'urn:x', kind: 'k' },
            children: [
              { name: 'Param1', children: [{ substitution: 0 }] },
              { name: 'Deep', children: [{ name: 'Leaf', children: [{ substitution: 1 }] }] },
            ],
          },
        ],
      },
      { EventXML_kind: 'k', Param1: 'x', Leaf: 'y' },
    ],
    [
      'another part of the event with its name before',
      {
        name: 'RenderingInfo',
        attributes: { Culture: 'en-US' },
        children: [{ name: 'Level', children: [{ substitution: 0 }] }],
      },
      { Level: 4, RenderingInfo_Culture: 'en-US', RenderingInfo_Level: 'x' },
    ],
    [
      'names of objects',
      {
        name: 'EventData',
        children: [named('__proto__', { substitution: 0 }), named('constructor', { substitution: 1 })],
      },
      { ['__proto__']: 'x', constructor: 'y' },
    ],
    [
      'text in pieces',
      { name: 'EventData', children: [named('A', '<', { substitution: 0 }, '-', { substitution: 1 }, '>')] },
      { A: '<x-y>' },
    ],
    [
      'an empty element is null',
      { name: 'EventData', children: [{ name: 'Data', attributes: { Name: 'A' } }] },
      { A: null },
    ],
    [
      'a value that the record does not bring',
      { name: 'EventData', children: [named('A', { substitution: 99 })] },
      { A: null },
    ],
  ])('%s', (_, data, expected) => {
    const fields = dataFields(data, value);
    for (const [name, wanted] of Object.entries(expected)) expect(fields[name]).toEqual(wanted);
  });
});

const bytes = (...values: number[]): Buffer => Buffer.from(values);

it('a name that an embedded fragment repeats becomes an array', () => {
  const inner: build.Xml = { name: 'Data', attributes: { Name: 'A' }, children: ['inner'] };
  const data: build.Xml = {
    name: 'EventData',
    children: [{ substitution: 0, type: VALUE.binXml }, named('A', 'outer')],
  };
  expect(dataFields(data, [build.embedded((writer) => writer.fragment(inner))]).A).toEqual([
    'inner',
    'outer',
  ]);
});

it('arrays under a name with spaces grow apart from each other', () => {
  const strings = { type: VALUE.string | ARRAY_FLAG, bytes: build.utf16('x\0y\0') };
  const children = [named('A B', { substitution: 0 }), named('A B', { substitution: 1 })];
  const fields = dataFields({ name: 'EventData', children }, [strings, build.text('z')]);
  expect(fields.AB).toEqual(['x', 'y', 'z']);
  expect(fields['A B']).toEqual(['x', 'y', 'z']);
});

describe('value types', () => {
  const sid = bytes(1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0);
  const guid = bytes(0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe, 1, 2, 3, 4, 5, 6, 7, 8);
  const systemtime = Buffer.from([2024, 2, 4, 29, 1, 2, 3, 45].flatMap((part) => [part & 255, part >> 8]));

  it.each<[string, number, Buffer, FieldValue]>([
    ['null', VALUE.null, bytes(), null],
    ['string', VALUE.string, build.utf16('päth\\ƒ'), 'päth\\ƒ'],
    ['string with trailing NULs', VALUE.string, build.utf16('a\0\0'), 'a'],
    ['string with a lone surrogate', VALUE.string, bytes(0x61, 0, 0, 0xd8), 'a\ufffd'],
    ['long string', VALUE.string, build.utf16('x'.repeat(5000)), 'x'.repeat(5000)],
    ['ansi string', VALUE.ansiString, bytes(0x61, 0xe9, 0), 'aé'],
    ['int8', VALUE.int8, bytes(0xfe), -2],
    ['uint8', VALUE.uint8, bytes(0xfe), 254],
    ['int16', VALUE.int16, bytes(0xfe, 0xff), -2],
    ['uint16', VALUE.uint16, bytes(0xfe, 0xff), 65534],
    ['int32', VALUE.int32, bytes(0xfe, 0xff, 0xff, 0xff), -2],
    ['uint32', VALUE.uint32, bytes(0xfe, 0xff, 0xff, 0xff), 4294967294],
    ['int64', VALUE.int64, Buffer.alloc(8, 0xff), -1],
    ['uint64', VALUE.uint64, bytes(0, 0, 0, 0, 1, 0, 0, 0), 4294967296],
    ['uint64 beyond 2^53', VALUE.uint64, Buffer.alloc(8, 0xff), '18446744073709551615'],
    ['real32', VALUE.real32, bytes(0, 0, 0xc0, 0x3f), 1.5],
    ['real64', VALUE.real64, bytes(0, 0, 0, 0, 0, 0, 0xf8, 0x3f), 1.5],
    ['not a number', VALUE.real32, bytes(0, 0, 0xc0, 0x7f), 'NaN'],
    ['true', VALUE.bool, bytes(1, 0, 0, 0), true],
    ['false', VALUE.bool, bytes(0, 0, 0, 0), false],
    ['irregular true', VALUE.bool, bytes(0, 0x39, 0, 0), true],
    ['one-byte bool', VALUE.bool, bytes(1), true],
    ['binary', VALUE.binary, bytes(0xde, 0xad), 'DEAD'],
    ['guid', VALUE.guid, guid, '76543210-BA98-FEDC-0102-030405060708'],
    ['size of 32 bits', VALUE.sizeT, bytes(0x1f, 0, 0, 0), '0x1f'],
    ['size of 64 bits', VALUE.sizeT, bytes(0x1f, 0, 0, 0, 1, 0, 0, 0), '0x10000001f'],
    ['filetime', VALUE.filetime, build.filetime(0), '1970-01-01T00:00:00.000000Z'],
    ['filetime zero', VALUE.filetime, Buffer.alloc(8), '1601-01-01T00:00:00.000000Z'],
    ['filetime beyond any date', VALUE.filetime, Buffer.alloc(8, 0xff), '+060056-05-28T05:36:10.955161Z'],
    ['systemtime', VALUE.systemtime, systemtime, '2024-02-29T01:02:03.045000Z'],
    ['sid', VALUE.sid, sid, 'S-1-5-32-544'],
    ['sid cut short', VALUE.sid, sid.subarray(0, 9), '010200000000000520'],
    ['hex32', VALUE.hexInt32, bytes(0xff, 0, 0, 0), '0xff'],
    ['hex64', VALUE.hexInt64, bytes(0, 0, 0, 0, 0, 0, 0, 0x80), '0x8000000000000000'],
    ['handle', VALUE.evtHandle, bytes(1, 0, 0, 0), '0x1'],
    ['xml text', VALUE.evtXml, build.utf16('<a/>'), '<a/>'],
    ['a number of the wrong size', VALUE.uint32, bytes(1, 2), '0102'],
    ['a number of no size', VALUE.uint32, bytes(), null],
    ['strings', VALUE.string | ARRAY_FLAG, build.utf16('a\0\0b\0c'), ['a', '', 'b', 'c']],
    ['ansi strings', VALUE.ansiString | ARRAY_FLAG, bytes(0x61, 0, 0x62, 0), ['a', 'b']],
    ['bytes', VALUE.uint8 | ARRAY_FLAG, bytes(1, 2, 3), [1, 2, 3]],
    ['words', VALUE.uint16 | ARRAY_FLAG, bytes(1, 0, 2, 0), [1, 2]],
    ['guids', VALUE.guid | ARRAY_FLAG, guid, ['76543210-BA98-FEDC-0102-030405060708']],
    ['sids', VALUE.sid | ARRAY_FLAG, Buffer.concat([sid, sid]), ['S-1-5-32-544', 'S-1-5-32-544']],
    ['bools', VALUE.bool | ARRAY_FLAG, bytes(1, 0, 0, 0, 0, 0, 0, 0), [true, false]],
    ['filetimes', VALUE.filetime | ARRAY_FLAG, build.filetime(0), ['1970-01-01T00:00:00.000000Z']],
    ['an array that does not divide', VALUE.uint16 | ARRAY_FLAG, bytes(1, 0, 2), '010002'],
  ])('%s', (_, type, value, expected) => {
    const data: build.Xml = { name: 'EventData', children: [named('A', { substitution: 0, type })] };
    expect(dataFields(data, [{ type, bytes: value }]).A).toEqual(expected);
  });

  it('rejects a type that no writer has', () => {
    const values = build.securityValues(1, { type: 0x7e, bytes: bytes(1) });
    const { rejections } = readOne((writer) => writer.templated(build.SECURITY_EVENT, values));
    expect(rejections).toMatchObject([{ reason: 'record_damaged' }]);
  });
});

describe('a record without template', () => {
  it('is read with names by offset and numbers in text', () => {
    const system: build.Xml = {
      name: 'System',
      children: [
        { name: 'EventID', attributes: { Qualifiers: '0' }, children: ['4624'] },
        { name: 'TimeCreated', attributes: { SystemTime: '2024-02-29T12:34:56.789Z' } },
        { name: 'Computer', children: ['forwarded.example'] },
      ],
    };
    const fields = fieldsOf(system, { name: 'EventData', children: [named('A', 'x'), named('B', 'y')] });
    expect(fields).toEqual({
      EventID: 4624,
      TimeCreated_SystemTime: '2024-02-29T12:34:56.789Z',
      Computer: 'forwarded.example',
      A: 'x',
      B: 'y',
    });
  });

  it('is read where its elements carry dependency ids all the same', () => {
    const event: build.Xml = {
      name: 'Event',
      children: [{ name: 'EventData', children: [named('A', 'x')] }],
    };
    expect(readOne((writer) => writer.fragment(event, true)).events[0]?.fields).toEqual({ A: 'x' });
  });

  it('keeps CDATA, character and entity references and drops instructions', () => {
    const data = named(
      'A',
      { cdata: '<raw>' },
      { charRef: 0x41 },
      { entity: 'amp' },
      { entity: 'other' },
      { instruction: 'no' },
    );
    expect(fieldsOf({ name: 'EventData', children: [data] })).toEqual({ A: '<raw>A&&other;' });
  });

  it('joins several fragments', () => {
    const part = (name: string): build.Xml => ({
      name: 'EventData',
      children: [named(name, 'x'), named('Both', name)],
    });
    const { events } = readOne((writer) => {
      writer.fragmentHeader().instance({ name: 'Event', children: [part('A')] }, []);
      writer.fragmentHeader().instance({ name: 'Event', children: [part('B')] }, []);
    });
    expect(events[0]?.fields).toEqual({ A: 'x', B: 'x', Both: ['A', 'B'] });
  });

  it('takes the time of the record header where System states none', () => {
    const { events } = readOne((writer) => writer.fragment({ name: 'Event', children: [named('A', 'x')] }));
    expect(events[0]?.eventTs).toBe(build.RECORD_TIME_MS);
  });
});

it('recognises event logs by content', () => {
  const writer = new build.ChunkWriter();
  const chunk = writer.finish();
  expect(evtxFormat.probe(build.evtxFile(chunk))).toBe(1);
  expect(evtxFormat.probe(chunk)).toBe(1);
  expect(evtxFormat.probe(Buffer.concat([Buffer.alloc(4096), chunk]))).toBeGreaterThan(0);
  expect(evtxFormat.probe(Buffer.from('{"EventID":1}'))).toBe(0);
  expect(evtxFormat.probe(Buffer.alloc(0))).toBe(0);
});

it('keeps the message on one line and short', () => {
  const data = named('A', `line\r\nbreak\0${'x'.repeat(300)}`);
  const many = Array.from({ length: 40 }, (_, index) => named(`B${index}`, 'y'.repeat(100)));
  const { events } = readOne((writer) =>
    writer.fragment({ name: 'Event', children: [{ name: 'EventData', children: [data, ...many] }] }),
  );
  expect(events[0]?.message).toMatch(/^Windows event: A=line break x+\.\.\. B0=y+ /);
  expect(events[0]?.message.length).toBeLessThanOrEqual(1024);
});

it('puts what an analyst looks for first at the front of the message', () => {
  const { events } = readOne((writer) =>
    writer.fragment({
      name: 'Event',
      children: [
        { name: 'EventData', children: [named('LogonType', '3'), named('CommandLine', 'cmd /c x')] },
      ],
    }),
  );
  expect(events[0]?.message).toBe('Windows event: CommandLine=cmd /c x LogonType=3');
});
