import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Folder of real test data: the environment variable HARRIER_DATA, else ../shared/data from the project's root. */
export const dataFolder = process.env.HARRIER_DATA ?? join(import.meta.dirname, '..', '..', 'shared', 'data');

/** Prints one figure as a JSON line. */
export function report(bench: string, name: string, figures: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify({ bench, case: name, ...figures }));
}

/** True when the data is there; otherwise says what is missing, as the figure's only line. */
export function hasData(bench: string): boolean {
  if (existsSync(dataFolder)) return true;
  report(bench, 'skipped', { reason: 'no test data; set HARRIER_DATA' });
  return false;
}

/** A folder that goes away when the process ends. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `harrier-${name}-`));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Unpacks a tar archive of the data folder into a temporary folder and returns the folder. */
export function unpack(archive: string): string {
  const folder = temporaryFolder('bench');
  execFileSync('tar', ['-xzf', join(dataFolder, archive), '-C', folder]);
  return folder;
}

/** Rounds a figure for printing: more digits than these machines repeat would only mislead. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** Memory in use once all garbage is gone, typed arrays included, MB. */
export function usedMb(): number {
  setFlagsFromString('--expose-gc');
  // A new context has the function that the flag exposes.
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}
