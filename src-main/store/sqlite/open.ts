import BetterSqlite, { type Database } from 'better-sqlite3';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/errors/app-error.ts';
import { migrate } from '../migrations/migrate.ts';

const DATABASE_FILE = 'harrier.db';
const LOCK_FILE = 'harrier.lock';

/** Older ones can lose the write-ahead log when two connections write (sqlite.org/wal.html, fixed in 3.51.3). */
const OLDEST_SQLITE = [3, 51, 3] as const;
/** Withdrawn by its makers. */
const WITHDRAWN_SQLITE = '3.52.0';

/** FULL: what was acknowledged survives a power cut (reliability D13). */
const SYNCHRONOUS_FULL = 2;

/** Page cache of a connection. Index pages of a few million events stay in it; 16 MB, the default, was slower. */
const CACHE_MIB = 64;

/** The WAL file shrinks to this after a checkpoint (reliability D13). */
const JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024;

export interface WritableStore {
  readonly db: Database;
  /** Releases the folder. */
  close(): void;
}

/**
 * Opens the one read-write connection of a data folder, creating and migrating the database. Throws
 * `data_dir_unusable` when the folder cannot be written, belongs to a running Harrier, or holds a database that
 * this version cannot use.
 */
export function openWritable(dataDir: string): WritableStore {
  assertWritable(dataDir);
  const lock = takeLock(dataDir);
  try {
    const db = new BetterSqlite(join(dataDir, DATABASE_FILE), { timeout: 5000 });
    configure(db);
    migrate(db);
    // The setting is only sure to hold once something was written with it.
    db.pragma(`user_version = ${String(db.pragma('user_version', { simple: true }))}`);
    assertDurable(db);
    return {
      db,
      close: () => {
        db.close();
        lock.close();
      },
    };
  } catch (cause) {
    lock.close();
    throw unusable(dataDir, cause);
  }
}

/** Opens a read-only connection of a data folder that the writer has opened before. */
export function openReadable(dataDir: string): Database {
  try {
    const db = new BetterSqlite(join(dataDir, DATABASE_FILE), { readonly: true, timeout: 5000 });
    configure(db);
    db.pragma('query_only = ON');
    return db;
  } catch (cause) {
    throw unusable(dataDir, cause);
  }
}

/** Version of the SQLite library in use. */
export function sqliteVersion(db: Database): string {
  return String(db.prepare('SELECT sqlite_version()').pluck().get());
}

/** Throws for versions of SQLite that can lose data. */
export function assertSqliteVersion(version: string): void {
  const parts = version.split('.').map(Number);
  const difference =
    OLDEST_SQLITE.map((oldest, index) => (parts[index] ?? 0) - oldest).find((d) => d !== 0) ?? 0;
  if (difference < 0 || version === WITHDRAWN_SQLITE)
    throw new AppError('not_ready', { what: 'The store', reason: `SQLite ${version} can lose data` });
}

/** Settings of every connection (reliability D13). */
export function configure(db: Database): void {
  assertSqliteVersion(sqliteVersion(db));
  if (!db.readonly) db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('busy_timeout = 5000');
  db.pragma('wal_autocheckpoint = 1000');
  db.pragma(`journal_size_limit = ${String(JOURNAL_LIMIT_BYTES)}`);
  db.pragma('temp_store = MEMORY');
  db.pragma('cell_size_check = ON');
  db.pragma(`cache_size = -${String(CACHE_MIB * 1024)}`);
  if (process.platform === 'darwin') {
    // On macOS fsync does not reach the disk; only F_FULLFSYNC does.
    db.pragma('fullfsync = ON');
    db.pragma('checkpoint_fullfsync = ON');
  }
}

function assertDurable(db: Database): void {
  const synchronous = db.pragma('synchronous', { simple: true });
  const journal = db.pragma('journal_mode', { simple: true });
  if (synchronous !== SYNCHRONOUS_FULL || journal !== 'wal')
    throw new AppError('not_ready', {
      what: 'The store',
      reason: `SQLite runs with journal ${String(journal)} and synchronous ${String(synchronous)}`,
    });
}

function assertWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
    const file = join(dataDir, DATABASE_FILE);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch (cause) {
    throw unusable(dataDir, cause);
  }
}

/**
 * A tiny database whose exclusive lock is held as long as the process lives: the operating system releases it
 * even after kill -9, which a file with a process id in it cannot promise.
 */
function takeLock(dataDir: string): Database {
  let lock: Database | null = null;
  try {
    lock = new BetterSqlite(join(dataDir, LOCK_FILE), { timeout: 0 });
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock?.close();
    if (sqliteCode(cause).startsWith('SQLITE_BUSY'))
      throw new AppError(
        'data_dir_unusable',
        { path: dataDir, reason: 'another Harrier is using it; stop that one or choose another folder' },
        { cause },
      );
    throw unusable(dataDir, cause);
  }
}

/** Code of an error of SQLite ("SQLITE_FULL"); empty for other errors. */
export function sqliteCode(error: unknown): string {
  return error instanceof BetterSqlite.SqliteError ? error.code : '';
}

function unusable(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('data_dir_unusable', { path, reason }, { cause });
}
