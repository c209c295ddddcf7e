import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evtxFormat } from '../../src-main/parse/evtx/format.ts';
import { dataFolder, hasData, report, rounded, unpack } from '../kit.ts';

/** Each timed case runs at least this long, after a pass that is not counted: the rates of a warm reader. */
const MEASURE_MS = 3000;
/** Pieces in which evidence is read from disk. */
const PUSH_BYTES = 1_048_576;
/** Files of at least this size count as large: the sizes at which Windows rolls small logs over. */
const LARGE_BYTES = 1_000_000;

interface Indexed {
  readonly file?: string;
  readonly path?: string;
  readonly upstream_expected?: { readonly ok: number } | null;
  readonly reader_records?: number;
  readonly records?: number;
}

interface EvidenceFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly expected: number;
}

/** Records read against those expected, and the rates of one thread beside a plain scan for signatures. */
export async function run(): Promise<void> {
  if (!hasData('evtx')) return;
  const odd = load('robustness-evtx');
  for (const file of odd) report('evtx', file.name, { ok: decode(file.bytes), expected: file.expected });
  const attack = load('attack-evtx');
  const good = attack.filter((file) => decode(file.bytes) === file.expected);
  report('evtx', 'attack-files', { ok: good.length, expected: attack.length });
  report('evtx', 'attack-records', {
    ok: attack.reduce((sum, file) => sum + decode(file.bytes), 0),
    expected: attack.reduce((sum, file) => sum + file.expected, 0),
  });
  measure('attack-set', attack);
  const large = [...odd, ...attack].filter((file) => file.bytes.length >= LARGE_BYTES);
  measure('large-files', large);
  measure(
    'large-full-files',
    large.filter((file) => filled(file.bytes) > 0.9),
  );
  await Promise.resolve();
}

function load(name: string): EvidenceFile[] {
  const folder = unpack(join('evtx', `${name}.tar.gz`));
  const index = readFileSync(join(dataFolder, 'evtx', `${name}.index.json`), 'utf8');
  // The data folder's own index: its shape is documented there.
  const { files } = JSON.parse(index) as { files: readonly Indexed[] };
  return files.map((entry) => {
    const file = entry.file ?? entry.path ?? '';
    const expected = entry.upstream_expected?.ok ?? entry.records ?? entry.reader_records ?? 0;
    return { name: file, bytes: readFileSync(join(folder, file)), expected };
  });
}

/** Number of records that decode. */
function decode(bytes: Buffer): number {
  const reader = evtxFormat.open({ nowMs: 0 });
  let records = 0;
  for (let at = 0; at < bytes.length; at += PUSH_BYTES) {
    for (const outcome of reader.push(bytes.subarray(at, at + PUSH_BYTES))) if (outcome.ok) records++;
  }
  for (const outcome of reader.end()) if (outcome.ok) records++;
  return records;
}

/** The least that any reader does: find where records start. */
function scan(bytes: Buffer): number {
  let records = 0;
  for (let at = bytes.indexOf('**\0\0'); at !== -1; at = bytes.indexOf('**\0\0', at + 4)) records++;
  return records;
}

/** Share of the file's chunks that hold anything: Windows reserves space ahead, and empty chunks cost nothing. */
function filled(bytes: Buffer): number {
  let used = 0;
  let chunks = 0;
  for (let at = 4096; at + 65_536 <= bytes.length; at += 65_536) {
    chunks++;
    if (bytes.subarray(at, at + 8).toString('latin1') === 'ElfChnk\0') used++;
  }
  return chunks === 0 ? 0 : used / chunks;
}

function measure(name: string, files: readonly EvidenceFile[]): void {
  const read = rate(files, decode);
  const baseline = rate(files, scan);
  report('evtx', name, {
    files: files.length,
    records_per_s: Math.round(read.recordsPerSecond),
    mb_per_s: rounded(read.mbPerSecond),
    baseline_mb_per_s: rounded(baseline.mbPerSecond),
    ratio_to_scan: rounded(read.mbPerSecond / baseline.mbPerSecond),
  });
}

function rate(
  files: readonly EvidenceFile[],
  read: (bytes: Buffer) => number,
): { recordsPerSecond: number; mbPerSecond: number } {
  for (const file of files) read(file.bytes);
  const start = performance.now();
  let records = 0;
  let bytes = 0;
  do {
    for (const file of files) {
      records += read(file.bytes);
      bytes += file.bytes.length;
    }
  } while (performance.now() - start < MEASURE_MS);
  const seconds = (performance.now() - start) / 1000;
  return { recordsPerSecond: records / seconds, mbPerSecond: bytes / 1e6 / seconds };
}
