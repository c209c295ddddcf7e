import BetterSqlite from 'better-sqlite3';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isConserved } from '../pipeline/counters.ts';
import { EVERY_EVENT } from './interface/reader.ts';
import { sampleBatch, sampleDetection, sampleEvents } from './kit/sample-events.ts';
import { openReaderPool } from './reader-pool.ts';
import { assertSqliteVersion, openWritable } from './sqlite/open.ts';
import { openSqliteReader } from './sqlite/reader.ts';
import { openSqliteWriter, writerOver } from './sqlite/writer.ts';
import { openWriter } from './writer-client.ts';

const script = fileURLToPath(new URL('./kit/commit-forever.ts', import.meta.url));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harrier-faults-'));
});

afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

const PAGE = { limit: 500, offset: 0, cursor: null };

test('every connection has the settings of reliability D13', () => {
  const store = openWritable(folder);
  const setting = (name: string): unknown => store.db.pragma(name, { simple: true });
  expect({
    journal_mode: setting('journal_mode'),
    synchronous: setting('synchronous'),
    foreign_keys: setting('foreign_keys'),
    trusted_schema: setting('trusted_schema'),
    busy_timeout: setting('busy_timeout'),
    wal_autocheckpoint: setting('wal_autocheckpoint'),
    journal_size_limit: setting('journal_size_limit'),
    temp_store: setting('temp_store'),
    cell_size_check: setting('cell_size_check'),
  }).toEqual({
    journal_mode: 'wal',
    synchronous: 2,
    foreign_keys: 1,
    trusted_schema: 0,
    busy_timeout: 5000,
    wal_autocheckpoint: 1000,
    journal_size_limit: 67_108_864,
    temp_store: 2,
    cell_size_check: 1,
  });
  store.close();
});

test.each([
  ['3.51.2', false],
  ['3.51.3', true],
  ['3.52.0', false],
  ['3.53.0', true],
  ['4.0.0', true],
  ['3.9.99', false],
])('SQLite %s is accepted: %s', (version, isAccepted) => {
  if (isAccepted) expect(() => assertSqliteVersion(version)).not.toThrow();
  else expect(() => assertSqliteVersion(version)).toThrow(/can lose data/);
});

test('events cannot be changed or deleted behind the store', () => {
  const writer = openSqliteWriter(folder);
  writer.commit(sampleBatch(sampleEvents(3)));
  writer.close();
  const db = new BetterSqlite(join(folder, 'harrier.db'));
  expect(() => db.exec("UPDATE events SET message = 'x'")).toThrow(/not changed/);
  expect(() => db.exec('DELETE FROM events')).toThrow(/only by undoing/);
  db.close();
});

describe('a folder that cannot be used', () => {
  test('in use by another writer, in this process or another', async () => {
    const writer = await openWriter(folder);
    expect(() => openSqliteWriter(folder)).toThrow(/another Harrier is using it/);
    await expect(openWriter(folder)).rejects.toMatchObject({ code: 'data_dir_unusable' });
    await writer.close();
    const next = await openWriter(folder);
    await next.close();
  });

  test('that is a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(openWriter(file)).rejects.toMatchObject({ code: 'data_dir_unusable' });
    await expect(openWriter(join(file, 'below'))).rejects.toMatchObject({ code: 'data_dir_unusable' });
  });

  test('that is read-only', () => {
    chmodSync(folder, 0o555);
    // Root may write everywhere, so root tries it as nobody.
    const user = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { stderr } = spawnSync(process.execPath, [script, folder, '1'], { encoding: 'utf8', ...user });
    expect(stderr).toContain(`The data folder ${folder} cannot be used: EACCES`);
  });

  test('with the database of another program, or no database at all', () => {
    const db = new BetterSqlite(join(folder, 'harrier.db'));
    db.exec('CREATE TABLE theirs (x)');
    db.close();
    expect(() => openSqliteWriter(folder)).toThrow(/another program/);
    writeFileSync(
      join(folder, 'harrier.db'),
      'not a database at all, but long enough to look like one'.repeat(20),
    );
    expect(() => openSqliteWriter(folder)).toThrow(/cannot be used/);
  });

  test('of a newer Harrier', () => {
    openSqliteWriter(folder).close();
    const db = new BetterSqlite(join(folder, 'harrier.db'));
    db.pragma('user_version = 999');
    db.close();
    expect(() => openSqliteWriter(folder)).toThrow(/newer Harrier/);
  });
});

test('a full disk: nothing half-committed, and the writer goes on when space is back', () => {
  const store = openWritable(folder);
  const writer = writerOver(store);
  writer.commit(sampleBatch(sampleEvents(100, 1)));
  const pages = Number(store.db.pragma('page_count', { simple: true }));
  store.db.pragma(`max_page_count = ${String(pages + 20)}`);
  const events = sampleEvents(2000, 2).map((event) => ({ ...event, sourceId: 'imp_full', host: 'h' }));
  const batch = sampleBatch(
    events,
    events.slice(0, 50).map((event) => sampleDetection(event)),
  );
  for (let attempt = 0; attempt < 3; attempt += 1)
    expect(() => writer.commit(batch)).toThrow(expect.objectContaining({ code: 'storage_full' }));
  const reader = openSqliteReader(folder);
  expect(reader.extent()).toMatchObject({ events: 100, alerts: 0 });
  expect(reader.sourceCounters().every((counters) => isConserved({ ...counters, inQueue: 0 }))).toBe(true);
  store.db.pragma('max_page_count = 1000000');
  expect(writer.commit(batch)).toMatchObject({ events: 2000, replayed: false });
  expect(reader.extent()).toMatchObject({ events: 2100 });
  const query = { kind: 'text', pattern: { text: 'process 1999', literal: true }, position: 0 } as const;
  const expected = events.filter(({ message }) => message.startsWith('Process 1999')).length;
  expect(reader.pageEvents({ ...EVERY_EVENT, query, importId: 'imp_full' }, PAGE, 'newest').total).toBe(
    expected,
  );
  // The text index goes on without a gap: every full block of 256 events is there.
  const last = Number(store.db.prepare('SELECT max(seq) FROM events').pluck().get());
  expect(last).toBe(2100);
  const blocks = store.db.prepare('SELECT block FROM event_blocks ORDER BY block').pluck().all();
  expect(blocks).toEqual(Array.from({ length: Math.floor(last / 256) }, (_, block) => block));
  reader.close();
  writer.close();
});

test('killed again and again while committing, nothing acknowledged is lost or half there', async () => {
  for (let round = 0; round < 4; round += 1) {
    const acknowledged = await killWhileCommitting(round * 1000, 5 + round * 3);
    const writer = openSqliteWriter(folder);
    const reader = openSqliteReader(folder);
    for (const id of acknowledged) expect(reader.getEvent(id)?.id).toBe(id);
    const { events } = reader.extent();
    expect(events % 200).toBe(0);
    for (const counters of reader.sourceCounters())
      expect(isConserved({ ...counters, inQueue: 0 })).toBe(true);
    const counted = reader.sourceCounters().reduce((sum, { committed }) => sum + committed, 0);
    expect(counted).toBe(events);
    reader.close();
    writer.close();
  }
  const db = new BetterSqlite(join(folder, 'harrier.db'));
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  db.close();
});

/** Ids whose receipt a committing process had before it was killed, after at least `wanted` batches. */
async function killWhileCommitting(seed: number, wanted: number): Promise<string[]> {
  const child = spawn(process.execPath, [script, folder, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.split('\n').length > wanted) child.kill('SIGKILL');
  }
  return output
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => line.split(' '));
}

describe('queries that take too long', () => {
  test('stop inside SQLite and leave the reader usable', () => {
    const writer = openSqliteWriter(folder);
    for (let seed = 0; seed < 5; seed += 1) writer.commit(sampleBatch(sampleEvents(2000, seed)));
    const reader = openSqliteReader(folder, { limitMs: 0 });
    const query = {
      kind: 'not',
      node: { kind: 'text', pattern: { text: 'z', literal: true }, position: 0 },
    } as const;
    expect(() => reader.pageEvents({ ...EVERY_EVENT, query }, PAGE, 'newest')).toThrow(
      expect.objectContaining({ code: 'query_timeout' }),
    );
    expect(reader.extent().events).toBe(10_000);
    reader.close();
    writer.close();
  });

  test('and readers that do not stop are replaced', async () => {
    const entry = new URL('./kit/stuck-reader.ts', import.meta.url);
    const pool = await openReaderPool(folder, 1, { limitMs: 1, entry });
    const stuck = pool.rules();
    const behind = pool.imports();
    await expect(stuck).rejects.toMatchObject({ code: 'query_timeout' });
    await expect(behind).resolves.toEqual([]);
    await pool.close();
    await expect(pool.imports()).rejects.toMatchObject({ code: 'not_ready' });
  });

  test('and too many waiting ones are refused', async () => {
    const entry = new URL('./kit/stuck-reader.ts', import.meta.url);
    const pool = await openReaderPool(folder, 1, { limitMs: 60_000, entry });
    const open = [pool.rules(), ...Array.from({ length: 64 }, () => pool.imports())];
    const settled = Promise.allSettled(open);
    await expect(pool.imports()).rejects.toMatchObject({ code: 'not_ready' });
    await pool.close();
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
  });
});

test('a bad regex is refused, a hostile one takes linear time', () => {
  const writer = openSqliteWriter(folder);
  const hostile = sampleEvents(300).map((event) => ({ ...event, message: 'a'.repeat(5000) }));
  writer.commit(sampleBatch(hostile));
  const reader = openSqliteReader(folder);
  const regex = (source: string) =>
    ({
      kind: 'compare',
      field: 'message',
      op: '=',
      value: { kind: 'regex', source, caseSensitive: false },
      position: 0,
    }) as const;
  expect(() => reader.pageEvents({ ...EVERY_EVENT, query: regex('(a') }, PAGE, 'newest')).toThrow(
    expect.objectContaining({ code: 'bad_request' }),
  );
  expect(() => reader.pageEvents({ ...EVERY_EVENT, query: regex('(?=a)') }, PAGE, 'newest')).toThrow(
    /not understood/,
  );
  expect(reader.pageEvents({ ...EVERY_EVENT, query: regex('^(a+)+$b') }, PAGE, 'newest').total).toBe(0);
  reader.close();
  writer.close();
});

test('text that tries to be SQL is only text', () => {
  const writer = openSqliteWriter(folder);
  writer.commit(sampleBatch(sampleEvents(20)));
  const reader = openSqliteReader(folder);
  const evil = [`' OR 1=1 --`, `"); DROP TABLE events; --`, '?', '%', '_', '\\', '\0', `e.id) OR (1`];
  for (const text of evil) {
    const pattern = { text, literal: true };
    const nodes = [
      { kind: 'text', pattern, position: 0 },
      { kind: 'compare', field: text, op: '=', value: { kind: 'pattern', pattern }, position: 0 },
      { kind: 'compare', field: 'host', op: '=', value: { kind: 'pattern', pattern }, position: 0 },
      { kind: 'compare', field: 'source_id', op: '=', value: { kind: 'pattern', pattern }, position: 0 },
    ] as const;
    for (const query of nodes)
      expect(reader.pageEvents({ ...EVERY_EVENT, query }, PAGE, 'newest').total).toBeLessThan(20);
    for (const filter of [{ entity: text }, { source: text }, { importId: text }])
      expect(reader.pageEvents({ ...EVERY_EVENT, ...filter }, PAGE, 'newest').total).toBe(0);
    expect(reader.topValues(EVERY_EVENT, text, 5).values).toEqual([]);
  }
  expect(reader.extent().events).toBe(20);
  reader.close();
  writer.close();
});
