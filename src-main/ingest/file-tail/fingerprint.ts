import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/**
 * As much of a file as its identity rests on: reliability F17. An inode alone is used again by the next
 * file; the first KiB of two logs differs in their time stamps at the latest.
 */
export const FINGERPRINT_BYTES = 1024;

/** SHA-256, lower-case hex, of the first KiB of what `offset` covers; `head` holds the file's first bytes. */
export function fingerprintOf(head: Uint8Array, offset: number): string {
  return createHash('sha256')
    .update(head.subarray(0, Math.min(FINGERPRINT_BYTES, offset)))
    .digest('hex');
}

/** The file's first bytes: `wanted` of them, at most a KiB, fewer when the file is shorter. */
export async function readHead(file: FileHandle, wanted: number): Promise<Uint8Array> {
  const head = new Uint8Array(Math.min(FINGERPRINT_BYTES, wanted));
  let filled = 0;
  while (filled < head.length) {
    const { bytesRead } = await file.read(head, filled, head.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return head.subarray(0, filled);
}

/** The file's identity on disk, while it exists: device and inode (on Windows volume and file id). */
export function fileKeyOf(stat: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${stat.dev}:${stat.ino}`;
}
