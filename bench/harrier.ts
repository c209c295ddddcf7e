import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const command = join(import.meta.dirname, '..', 'src-main', 'entry', 'harrier.cjs');

/** The keys of a scan's output line that figures look at. */
export interface MatchLine {
  readonly rule_id: string;
  readonly source_file: string;
  readonly record_id: number | null;
}

export interface ScanRun {
  readonly matches: readonly MatchLine[];
  readonly seconds: number;
  /** Largest resident memory of the process, MB. */
  readonly peakMb: number;
  readonly report: string;
}

/** Runs `harrier scan` as a process of its own, as a user would, and reads its lines. */
export async function scan(
  evidence: readonly string[],
  rules: readonly string[],
  flags: readonly string[] = [],
): Promise<ScanRun> {
  const started = performance.now();
  const child = spawn(process.execPath, [command, 'scan', ...evidence, '--rules', ...rules, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let peakMb = 0;
  const sampler = setInterval(() => {
    if (child.pid !== undefined) peakMb = Math.max(peakMb, peakMemoryMb(child.pid));
  }, 20);
  let report = '';
  child.stderr.on('data', (chunk: Buffer) => {
    report += chunk.toString();
  });
  const exited = once(child, 'exit');
  const matches: MatchLine[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    matches.push(JSON.parse(line) as MatchLine);
  const [code] = (await exited) as [number | null];
  clearInterval(sampler);
  const seconds = (performance.now() - started) / 1000;
  if (code === null || code === 2) throw new Error(`scan ended with ${code}: ${report}`);
  return { matches, seconds, peakMb, report };
}

/** High-water mark of a process's resident memory, from Linux's /proc; 0 elsewhere or when it is gone. */
function peakMemoryMb(pid: number): number {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export interface RunningCore {
  readonly url: string;
  readonly secondsToReady: number;
  readonly stop: () => Promise<void>;
}

/** Starts `harrier serve` on a free port and waits for its ready line. */
export async function serve(dataDir: string, configFile: string): Promise<RunningCore> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [command, 'serve', '--port', '0', '--data', dataDir, '--config', configFile],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const ready = JSON.parse(line) as { url: string };
  return {
    url: ready.url,
    secondsToReady: (performance.now() - started) / 1000,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
