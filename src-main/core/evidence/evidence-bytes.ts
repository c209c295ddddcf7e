import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { EvidencePosition } from '#shared/model/event.ts';
import { isGzip } from '../../ingest/evidence/gunzip.ts';
import { readEvidence } from '../../ingest/evidence/read.ts';
import { isZip } from '../../ingest/evidence/zip-members.ts';
import type { EvidenceFormat, RecordReader } from '../../pipeline/parsing.ts';
import type { EvidenceCommands } from '../../pipeline/commands.ts';

/** What gzip and zip are known by. */
const MAGIC_BYTES = 4;

/** Reads the original bytes of imported events back from their evidence. */
export function createEvidenceReader(): EvidenceCommands {
  return {
    async read(position, maxBytes) {
      try {
        return await readBytes(position, Math.min(position.length, maxBytes));
      } catch {
        // Moved, deleted or unplugged: the event says where its bytes were, and the caller says they are gone.
        return null;
      }
    },
  };
}

/** The file on disk behind `path`: a `!` sets a member apart from its archive, and is allowed in any name. */
function outerFile(path: string): string {
  let outer = path;
  while (!existsSync(outer) && outer.includes('!')) outer = outer.slice(0, outer.lastIndexOf('!'));
  return outer;
}

async function readBytes(position: EvidencePosition, length: number): Promise<Uint8Array | null> {
  const outer = outerFile(position.path);
  const file = await open(outer, 'r');
  try {
    const { buffer: head } = await file.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0);
    if (isGzip(head) || isZip(head)) return await unpackBytes(outer, position, length);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position.offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Ends the unpacking: the wanted bytes are here. */
class Found extends Error {}

/** Unpacks `outer` as an import does, until the wanted range of the wanted member has gone by. */
async function unpackBytes(
  outer: string,
  position: EvidencePosition,
  length: number,
): Promise<Uint8Array | null> {
  let range = new ByteRange(position.offset, length);
  const format: EvidenceFormat = {
    name: 'bytes',
    source: 'file',
    probe: () => 1,
    open: () => (range = new ByteRange(position.offset, length)),
  };
  try {
    await readEvidence(
      { path: outer, sizeBytes: 0 },
      {
        nowMs: 0,
        detect: () => format,
        onOutcomes: (_, { path }) => {
          if (path === position.path && range.isComplete()) throw new Found();
        },
      },
    );
    return null;
  } catch (error) {
    if (error instanceof Found) return range.bytes();
    throw error;
  }
}

/** Keeps the bytes of one range of what passes by. */
class ByteRange implements RecordReader {
  readonly #offset: number;
  readonly #kept: Buffer;
  #passed = 0;

  constructor(offset: number, length: number) {
    this.#offset = offset;
    this.#kept = Buffer.alloc(length);
  }

  push(bytes: Uint8Array): readonly [] {
    const from = Math.max(0, this.#offset - this.#passed);
    const to = Math.min(bytes.length, this.#offset + this.#kept.length - this.#passed);
    if (to > from) this.#kept.set(bytes.subarray(from, to), this.#passed + from - this.#offset);
    this.#passed += bytes.length;
    return [];
  }

  end(): readonly [] {
    return [];
  }

  isComplete(): boolean {
    return this.#passed >= this.#offset + this.#kept.length;
  }

  bytes(): Uint8Array {
    return this.#kept;
  }
}
