import BetterSqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate, MIGRATIONS } from './migrate.ts';

function version(db: BetterSqlite.Database): unknown {
  return db.pragma('user_version', { simple: true });
}

/** Schema as text, to compare databases that grew on different ways. */
function schema(db: BetterSqlite.Database): unknown {
  return db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
}

test('versions are 1, 2, 3, ...', () => {
  expect(MIGRATIONS.map((step) => step.version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test('from every earlier version the same schema results, and a second run changes nothing', () => {
  const newest = new BetterSqlite(':memory:');
  migrate(newest);
  for (let from = 0; from <= MIGRATIONS.length; from += 1) {
    const db = new BetterSqlite(':memory:');
    if (from > 0) migrate(db, MIGRATIONS.slice(0, from));
    migrate(db);
    migrate(db);
    expect(schema(db)).toEqual(schema(newest));
    expect(version(db)).toBe(MIGRATIONS.length);
    db.close();
  }
  newest.close();
});

test('a step that fails leaves the version before it', () => {
  const db = new BetterSqlite(':memory:');
  migrate(db);
  const before = schema(db);
  const next = MIGRATIONS.length + 1;
  const broken = { version: next, sql: 'CREATE TABLE half (x); CREATE TABLE half (x);' };
  expect(() => migrate(db, [...MIGRATIONS, broken])).toThrow(/already exists/);
  expect(schema(db)).toEqual(before);
  expect(version(db)).toBe(next - 1);
  const mended = { version: next, sql: 'CREATE TABLE whole (x)' };
  migrate(db, [...MIGRATIONS, mended]);
  expect(version(db)).toBe(next);
  expect(() => migrate(db)).toThrow(/newer Harrier/);
  db.close();
});

test('log sources of a filled database are counted when the books are opened', () => {
  const db = new BetterSqlite(':memory:');
  migrate(db, MIGRATIONS.slice(0, 3));
  db.exec(`
    INSERT INTO sources (key, source_id) VALUES (1, 'imp_a');
    INSERT INTO events (id, event_ts, observed_ts, severity, source, source_key, host, product, service, flags,
      evidence_offset, evidence_length, message, entities, fields)
    VALUES ('a', 5, 5, 9, 'syslog', 1, 'h', 'linux', 'sshd', '', 0, 0, '', '', '{}'),
      ('b', 7, 7, 9, 'syslog', 1, 'h', 'linux', 'sshd', '', 0, 0, '', '', '{}'),
      ('c', 6, 6, 9, 'syslog', 1, 'h', NULL, NULL, '', 0, 0, '', '', '{}');
  `);
  migrate(db);
  expect(db.prepare('SELECT * FROM event_logsources').all()).toEqual([
    { source_key: 1, category: '', product: '', service: '', events: 1, last_ts: 6 },
    { source_key: 1, category: '', product: 'linux', service: 'sshd', events: 2, last_ts: 7 },
  ]);
  db.close();
});
