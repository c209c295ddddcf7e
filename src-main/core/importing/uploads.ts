import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { NewId } from '../../platform/ids.ts';

/** Characters of a stored name: file systems take 255 bytes, and a character of UTF-16 makes at most three. */
const MAX_NAME_CHARACTERS = 80;

/**
 * Streams an upload to `<data>/evidence/uploads/<id>/<name>` and returns that path. The client's name is only a
 * label: it is reduced to characters that cannot leave the folder (reliability T24). An upload that breaks off
 * leaves nothing behind.
 */
export async function keepUpload(
  { dataDir, newId }: { readonly dataDir: string; readonly newId: NewId },
  name: string,
  body: AsyncIterable<Uint8Array>,
): Promise<string> {
  const folder = join(dataDir, 'evidence', 'uploads', newId());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, safeName(name));
  try {
    await pipeline(Readable.from(body), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return path;
}

function safeName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const safe = base.replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^\.+/, '_');
  return safe.slice(0, MAX_NAME_CHARACTERS) || 'evidence';
}
