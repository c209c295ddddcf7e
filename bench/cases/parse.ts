import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvidenceFormat } from '../../src-main/pipeline/parsing.ts';
import { jsonFormat } from '../../src-main/parse/json/json-format.ts';
import { syslogFormat } from '../../src-main/parse/syslog/syslog-format.ts';
import { dataFolder, hasData, report, rounded } from '../kit.ts';

/** Bytes that a file stream hands over at a time. */
const PIECE_BYTES = 256 * 1024;

/** Rounds of each measurement, taken in turns; the best counts, as everything else is the machine's noise. */
const ROUNDS = 5;

interface Case {
  readonly name: string;
  readonly format: EvidenceFormat;
  readonly bytes: Buffer;
  /** The least that anybody could do with the same bytes. */
  readonly bare: (bytes: Buffer) => number;
}

/** Parsing against the bare minimum: `ratio` is 1 where the format costs nothing beyond it. */
export function run(): Promise<void> {
  if (hasData('parse')) for (const each of cases()) measure(each);
  return Promise.resolve();
}

function cases(): Case[] {
  const windows = unzipped('otrf-ndjson/large/metasploit_comsvcs_lsass_memory_dump.zip');
  const zeek = output('gzip', ['-dc', join(dataFolder, 'zeek/wrccdc-2018/zeek-json/dns.json.gz')]);
  const objects = `[${windows.toString('utf8', 0, windows.lastIndexOf('\n')).replaceAll('\n', ',')}]`;
  const linux = readFileSync(join(dataFolder, 'loghub/Linux/Linux_2k.log'));
  return [
    { name: 'ndjson-windows', format: jsonFormat, bytes: windows, bare: splitAndParse },
    { name: 'ndjson-zeek', format: jsonFormat, bytes: zeek, bare: splitAndParse },
    { name: 'json-array', format: jsonFormat, bytes: Buffer.from(objects), bare: parseWhole },
    {
      name: 'syslog',
      format: syslogFormat,
      bytes: Buffer.concat(new Array<Buffer>(100).fill(linux)),
      bare: split,
    },
  ].filter((each) => each.bytes.length > 0);
}

function measure({ name, format, bytes, bare }: Case): void {
  let records = 0;
  let best = Infinity;
  let bareBest = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    bareBest = Math.min(
      bareBest,
      secondsOf(() => bare(bytes)),
    );
    best = Math.min(
      best,
      secondsOf(() => (records = read(format, bytes))),
    );
  }
  report('parse', name, {
    mb_per_s: rounded(bytes.length / 1e6 / best),
    records_per_s: rounded(records / best),
    ratio: rounded(bareBest / best),
  });
}

function secondsOf(work: () => unknown): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

function read(format: EvidenceFormat, bytes: Buffer): number {
  const reader = format.open({ nowMs: Date.now() });
  let records = 0;
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    records += reader.push(bytes.subarray(at, at + PIECE_BYTES)).length;
  }
  return records + reader.end().length;
}

function splitAndParse(bytes: Buffer): number {
  let records = 0;
  for (const line of bytes.toString('utf8').split('\n')) {
    if (line === '') continue;
    JSON.parse(line);
    records += 1;
  }
  return records;
}

function parseWhole(bytes: Buffer): number {
  return (JSON.parse(bytes.toString('utf8')) as unknown[]).length;
}

function split(bytes: Buffer): number {
  return bytes.toString('utf8').split('\n').length;
}

function unzipped(archive: string): Buffer {
  const path = join(dataFolder, archive);
  return existsSync(path) ? output('unzip', ['-p', path]) : Buffer.alloc(0);
}

function output(command: string, parameters: readonly string[]): Buffer {
  return execFileSync(command, parameters, { maxBuffer: 512 * 1024 * 1024 });
}
