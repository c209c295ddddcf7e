import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import type { LogEvent } from '#shared/model/event.ts';
import { createEnricher } from '../src-main/enrich/enrich.ts';
import { detectFormat } from '../src-main/parse/formats.ts';
import type { ParseOutcome } from '../src-main/pipeline/parsing.ts';
import { dataFolder } from './kit.ts';

/** Folders of the SigmaHQ archive that hold active rules: 3,780 of them. */
const ACTIVE_RULE_FOLDERS = [
  'rules',
  'rules-compliance',
  'rules-emerging-threats',
  'rules-placeholder',
  'rules-threat-hunting',
];

export const SIGMA_ARCHIVE = 'sigma/sigma-rules-8eaafff.tar.gz';

/** Folders of active rules inside an unpacked archive. */
export function activeRuleFolders(unpacked: string): readonly string[] {
  return ACTIVE_RULE_FOLDERS.map((name) => join(unpacked, 'sigma-8eaafff', name));
}

/** Files below a folder of the test data whose names end so, sorted. */
export function dataFiles(folder: string, ending: string): readonly string[] {
  const names = readdirSync(join(dataFolder, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(dataFolder, folder, name));
}

/** Texts of the OTRF recordings: 36 files of flat JSON lines from Windows channels, 41,860 events. */
export async function otrfTexts(): Promise<readonly Buffer[]> {
  const zips = dataFiles('otrf-ndjson', '.zip').filter((file) => !file.includes('/large/'));
  const texts: Buffer[] = [];
  for (const zip of zips) texts.push(...(await jsonMembers(readFileSync(zip))));
  return texts;
}

/** Every event in the bytes of one evidence file, parsed and enriched as in the product. */
export function eventsIn(bytes: Uint8Array): readonly LogEvent[] {
  return [...eventBatches(bytes, bytes.length)].flat();
}

/** Bytes that the product's file stream hands over at a time. */
const PIECE_BYTES = 256 * 1024;

/** The same, as they come out while the file is read piece by piece. */
export function* eventBatches(bytes: Uint8Array, pieceBytes = PIECE_BYTES): Generator<readonly LogEvent[]> {
  const format = detectFormat(bytes.subarray(0, 65_536));
  if (format === null) return;
  const nowMs = Date.UTC(2026, 0, 1);
  const reader = format.open({ nowMs });
  const enrich = createEnricher();
  let count = 0;
  const completed = (outcomes: readonly ParseOutcome[]): readonly LogEvent[] =>
    outcomes.flatMap((outcome) => {
      if (!outcome.ok) return [];
      const id = String(count++).padStart(8, '0');
      const origin = { id, observedTs: nowMs, source: format.source, sourceId: 'bench' };
      return [enrich(outcome.event, { ...origin, raw: null, evidence: null, peer: null })];
    });
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    yield completed(reader.push(bytes.subarray(at, at + pieceBytes)));
  }
  yield completed(reader.end());
}

/** Unpacked JSON members of a zip archive. */
export async function jsonMembers(zip: Buffer): Promise<readonly Buffer[]> {
  const archive = await fromBufferPromise(withoutTrailer(zip), { lazyEntries: true });
  const found: Buffer[] = [];
  for await (const entry of archive.eachEntry()) {
    if (!entry.fileName.endsWith('.json')) continue;
    const pieces: Buffer[] = [];
    for await (const piece of await archive.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
    found.push(Buffer.concat(pieces));
  }
  return found;
}

/** Some of the recordings have a stray byte behind their archive, which strict readers refuse. */
function withoutTrailer(zip: Buffer): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  return end < 0 ? zip : zip.subarray(0, end + 22 + zip.readUInt16LE(end + 20));
}
