import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Test support: how one run of the command ended. */
export interface HarrierRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const command = fileURLToPath(new URL('../../entry/harrier.cjs', import.meta.url));

/** Test support: runs `harrier` from the sources as a process of its own. */
export async function runHarrier(args: readonly string[], node = process.execPath): Promise<HarrierRun> {
  const child = spawn(node, [command, ...args], { env: { ...process.env, HARRIER_FROM_SOURCES: '1' } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
