import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, temporaryFolder } from './kit.ts';

/** Unpacks the OTRF attack simulations into one NDJSON file, repeated until it has at least `events` lines. */
export function ndjsonFile(events: number): { path: string; lines: number; bytes: number } {
  const folder = temporaryFolder('ndjson');
  const root = join(dataFolder, 'otrf-ndjson');
  const zips = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.zip'))
    .sort();
  for (const zip of zips) execFileSync('unzip', ['-oq', join(root, zip), '-d', folder]);
  const once = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
    .join('\n');
  const linesOnce = once.split('\n').length;
  const path = join(folder, 'all.ndjson');
  writeFileSync(path, '');
  let lines = 0;
  while (lines < events) {
    appendFileSync(path, `${once}\n`);
    lines += linesOnce;
  }
  return { path, lines, bytes: Buffer.byteLength(once) * (lines / linesOnce) };
}
