import type { FileHandle } from 'node:fs/promises';
import { READ_BYTES } from '../../ingest/evidence/limits.ts';
import type { UnpackBudget } from '../../ingest/evidence/unpack-budget.ts';

/** The first thing that was found wrong with an input. */
export class Damages {
  reason: string | null = null;

  readonly note = (reason: string): void => {
    this.reason ??= reason;
  };
}

/** A stream that counts what went through it. */
export class Counted implements AsyncIterable<Buffer> {
  bytes = 0;
  readonly #content: AsyncIterable<Buffer>;

  constructor(content: AsyncIterable<Buffer>) {
    this.#content = content;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for await (const piece of this.#content) {
      this.bytes += piece.length;
      yield piece;
    }
  }
}

/** `content` as far as the limits for unpacking allow (reliability T23). */
export async function* limited(
  content: AsyncIterable<Buffer>,
  { budget, packedBytes, damage }: { budget: UnpackBudget; packedBytes: () => number; damage: Damages },
): AsyncGenerator<Buffer> {
  for await (const piece of content) {
    const refusal = budget.spend(piece.length, packedBytes());
    if (refusal !== null) {
      damage.note(refusal);
      return;
    }
    yield piece;
  }
}

export async function* piecesOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (let at = 0; ;) {
    const bytes = Buffer.allocUnsafe(READ_BYTES);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield bytes.subarray(0, bytesRead);
  }
}

export async function* prepended(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
