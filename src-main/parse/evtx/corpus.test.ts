import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { FieldValue } from '#shared/model/event.ts';
import type { ParsedEvent, Rejection } from '../../pipeline/parsing.ts';
import { evtxFormat } from './format.ts';

/**
 * Real logs, read by path and never copied into the project. Where the folder is absent these tests are skipped;
 * the synthetic ones beside them are not.
 */
const data = process.env.HARRIER_DATA ?? join(import.meta.dirname, '../../../../shared/data');
const present = existsSync(join(data, 'evtx'));
const unpacked = present ? mkdtempSync(join(tmpdir(), 'harrier-evtx-')) : '';

afterAll(() => {
  if (present) rmSync(unpacked, { recursive: true });
});

interface Indexed {
  readonly file?: string;
  readonly path?: string;
  readonly upstream_expected?: { ok: number } | null;
  readonly reader_records?: number;
  readonly records?: number;
  readonly channels: Record<string, number>;
  readonly event_ids?: Record<string, number>;
}

function indexOf(name: string): readonly Indexed[] {
  if (!present) return [];
  const index = readFileSync(join(data, 'evtx', `${name}.index.json`), 'utf8');
  return (JSON.parse(index) as { files: readonly Indexed[] }).files;
}

function unpack(name: string): string {
  const folder = join(unpacked, name);
  execFileSync('mkdir', ['-p', folder]);
  execFileSync('tar', ['xzf', join(data, 'evtx', `${name}.tar.gz`), '-C', folder]);
  return folder;
}

function read(path: string): { events: ParsedEvent[]; rejections: Rejection[] } {
  const reader = evtxFormat.open({ nowMs: 0 });
  const outcomes = [...reader.push(readFileSync(path)), ...reader.end()];
  return {
    events: outcomes.flatMap((outcome) => (outcome.ok ? [outcome.event] : [])),
    rejections: outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.rejection])),
  };
}

function tally(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function text(value: FieldValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

describe.skipIf(!present)('damaged and odd files (skipped without the data folder)', () => {
  const folder = present ? unpack('robustness-evtx') : '';
  const files = indexOf('robustness-evtx');
  // Records that other readers give up on, found by their signature in damaged chunks; each has its own number.
  const recovered: Record<string, number> = {
    '2-vss_0-Microsoft-Windows-RemoteDesktopServices-RdpCoreTS%4Operational.evtx': 41,
    '2-vss_0-Microsoft-Windows-TerminalServices-RemoteConnectionManager%4Operational.evtx': 21,
  };

  it.each(files.map((file) => [text(file.file), file] as const))('%s', (name, file) => {
    const { events } = read(join(folder, name));
    const upstream = file.upstream_expected?.ok ?? file.reader_records ?? -1;
    const extra = recovered[name] ?? 0;
    expect(events).toHaveLength(upstream + extra);
    const [channel = '', ...others] = Object.keys(file.channels);
    const channels = { ...file.channels, [channel]: (file.channels[channel] ?? 0) + extra };
    expect(others.filter((other) => other !== '')).toEqual([]);
    expect(tally(events.map((event) => text(event.fields.Channel)))).toEqual(channels);
    expect(new Set(events.map((event) => event.recordId)).size).toBe(events.length);
  });
});

describe.skipIf(!present)('attack files (skipped without the data folder)', () => {
  const folder = present ? unpack('attack-evtx') : '';
  const files = indexOf('attack-evtx');

  it('are all there, with all their records', () => {
    expect(files).toHaveLength(295);
    expect(files.reduce((sum, file) => sum + (file.records ?? 0), 0)).toBe(14_532);
  });

  it.each(files.map((file) => [text(file.path), file] as const))('%s', (name, file) => {
    const { events, rejections } = read(join(folder, name));
    expect(rejections).toEqual([]);
    expect(events).toHaveLength(file.records ?? -1);
    expect(tally(events.map((event) => text(event.fields.Channel)))).toEqual(file.channels);
    const ids = events.map((event) => `${text(event.fields.Channel)}:${text(event.fields.EventID)}`);
    expect(tally(ids)).toEqual(file.event_ids);
  });
});

describe.skipIf(!present)(
  'Sigma regression cases equal their JSON twins (skipped without the data folder)',
  () => {
    const root = join(data, 'sigma-regression', 'regression_data');
    const files = present
      ? readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.evtx'))
      : [];

    it.each(files)('%s', (file) => {
      const { events } = read(join(root, file));
      const twins = concatenatedJson(readFileSync(join(root, file.replace(/evtx$/, 'json')), 'utf8'));
      expect(events.map((event) => trimmed(event.fields))).toEqual(
        twins.map((twin) => trimmed(flatten(twin))),
      );
    });
  },
);

type Json = null | string | number | boolean | { readonly [name: string]: Json };

/** The twins are objects one after another; a brace at the start of a line closes one. */
function concatenatedJson(content: string): Json[] {
  return content
    .split(/(?<=^\}\s*$)/m)
    .flatMap((part) => (part.trim() === '' ? [] : [JSON.parse(part) as Json]));
}

function members(value: Json | undefined): [string, Json][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function flatten(twin: Json): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {};
  const event = Object.fromEntries(members(Object.fromEntries(members(twin)).Event));
  for (const [name, value] of members(event.System)) {
    if (value === null) continue;
    if (typeof value !== 'object') fields[name] = value;
    for (const [part, attribute] of members(Object.fromEntries(members(value))['#attributes'])) {
      fields[`${name}_${part}`] = attribute;
    }
  }
  for (const [name, value] of members(event.EventData)) {
    if (name === '#attributes') for (const [part, each] of members(value)) fields[`EventData_${part}`] = each;
    else fields[name] = fields[name.replaceAll(' ', '')] = value;
  }
  return fields;
}

/** The twins lost trailing spaces of values and, once, kept a seventh digit of a second. */
function trimmed(fields: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (name === 'TimeCreated_SystemTime') return [name, text(value).replace(/(\.\d{6})\d+Z$/, '$1Z')];
      return [name, typeof value === 'string' ? value.trimEnd() : value];
    }),
  );
}
