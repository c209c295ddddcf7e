/**
 * Writes the sample case: `node resources/sample-case/generate.ts`. The committed files are exactly what this
 * makes; generate.test.ts compares them byte for byte.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { linuxAttack, linuxBackground, toSyslogLine } from './linux-log.ts';
import { seededRandom } from './random.ts';
import { windowsAttack } from './windows-attack.ts';
import { windowsBackground } from './windows-background.ts';
import { toLine, type WindowsRecord } from './windows-record.ts';

/** Separate seeds: what the intruder does changes nothing in the background, and the other way round. */
const SEEDS = { windows: 14, linux: 80, attack: 23 } as const;

export interface SampleFile {
  readonly name: string;
  readonly text: string;
}

export interface SampleOptions {
  /** Without it the files hold an ordinary day and a half, to see what the rules say of that. */
  readonly withAttack: boolean;
}

function byTime(left: { readonly ts: number }, right: { readonly ts: number }): number {
  return left.ts - right.ts;
}

function windowsText(records: readonly WindowsRecord[]): string {
  const lastNumber = new Map<string, number>();
  const lines = records.toSorted(byTime).map((record) => {
    const log = `${record.machine.name} ${record.channel}`;
    const number = (lastNumber.get(log) ?? 4_000) + 1;
    lastNumber.set(log, number);
    return toLine(record, number);
  });
  return `${lines.join('\n')}\n`;
}

/** Makes the files of the case in memory. Pure. */
export function sampleFiles({ withAttack }: SampleOptions): readonly SampleFile[] {
  const windows = [...windowsBackground(seededRandom(SEEDS.windows)), ...(withAttack ? windowsAttack() : [])];
  const linux = [
    ...linuxBackground(seededRandom(SEEDS.linux)),
    ...(withAttack ? linuxAttack(seededRandom(SEEDS.attack)) : []),
  ];
  return [
    { name: 'windows.jsonl', text: windowsText(windows) },
    { name: 'web-02.log', text: `${linux.toSorted(byTime).map(toSyslogLine).join('\n')}\n` },
  ];
}

if (import.meta.main) {
  const folder = path.join(import.meta.dirname, 'evidence');
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of sampleFiles({ withAttack: true })) {
    writeFileSync(path.join(folder, name), text);
    process.stdout.write(`${name}: ${text.split('\n').length - 1} events, ${text.length} bytes\n`);
  }
}
