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
