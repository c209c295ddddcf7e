import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { serve } from '../harrier.ts';
import { hasData, report, rounded, temporaryFolder } from '../kit.ts';
import { ndjsonFile } from '../ndjson.ts';
import { activeSigmaRules } from '../sigma-rules.ts';

const EVENTS = 150_000;
const BATCH = 1_000;

/**
 * NDJSON through the whole spine (parse, enrich, detect, commit, text index) until it can be searched, against
 * raw inserts of the same lines into a bare table with the same durability.
 */
export async function run(): Promise<void> {
  if (!hasData('import')) return;
  const file = ndjsonFile(EVENTS);
  const raw = rawInserts(file.path);
  await importWith('shipped rules', {}, file, raw);
  await importWith('all SigmaHQ rules', { rule_paths: activeSigmaRules() }, file, raw);
}

async function importWith(
  name: string,
  settings: Readonly<Record<string, unknown>>,
  file: { readonly path: string; readonly lines: number },
  rawPerSecond: number,
): Promise<void> {
  const folder = temporaryFolder('import');
  const config = join(folder, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      api_auth_mode: 'disabled',
      api_rate_limit_enabled: false,
      log_level: 'error',
      ...settings,
    }),
  );
  const core = await serve(join(folder, 'data'), config);
  const started = performance.now();
  const { id } = await post<{ id: string }>(`${core.url}/api/v1/imports`, { paths: [file.path] });
  for (;;) {
    const { state } = await get<{ state: string }>(`${core.url}/api/v1/imports/${id}`);
    if (state === 'done') break;
    if (state !== 'queued' && state !== 'running') throw new Error(`The import ended as ${state}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const seconds = (performance.now() - started) / 1000;
  const stats = await get<{ events: number; alerts: number; database_bytes: number }>(
    `${core.url}/api/v1/stats`,
  );
  const found = await get<{ total: number }>(`${core.url}/api/v1/events?limit=1&q=powershell`);
  await core.stop();
  report('import', name, {
    events_per_s: rounded(stats.events / seconds),
    ratio: rounded(stats.events / seconds / rawPerSecond),
    raw_events_per_s: rounded(rawPerSecond),
    events: stats.events,
    lines: file.lines,
    alerts: stats.alerts,
    found_powershell: found.total,
    bytes_per_event: rounded(stats.database_bytes / stats.events),
  });
}

/** Lines per second into one table without indexes: what SQLite itself can do on this machine. */
function rawInserts(path: string): number {
  const db = new Database(join(temporaryFolder('raw'), 'raw.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE raw (line TEXT)');
  const insert = db.prepare('INSERT INTO raw VALUES (?)');
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  const started = performance.now();
  for (let at = 0; at < lines.length; at += BATCH) {
    db.transaction((batch: string[]) => batch.forEach((line) => insert.run(line)))(
      lines.slice(at, at + BATCH),
    );
  }
  const perSecond = lines.length / ((performance.now() - started) / 1000);
  db.close();
  return perSecond;
}

async function get<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  // The API's own contract says what it answers.
  return (await response.json()) as T;
}

async function post<T>(url: string, body: unknown): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
