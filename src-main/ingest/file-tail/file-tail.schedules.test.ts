import { closeSync, mkdtempSync, openSync, renameSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceOffset } from '../../pipeline/batch.ts';
import { createBench, until, type Bench } from '../kit/receiver-bench.ts';
import { startFileTail, type FileTailHandle } from './file-tail.ts';

/** What the writer, the log rotation and the machine may do to a followed log. */
type Step =
  | { readonly do: 'write'; readonly lines: number; readonly lineBytes: number }
  | { readonly do: 'write_in_pieces' }
  | { readonly do: 'rotate'; readonly linesAfter: number }
  | { readonly do: 'truncate' }
  | { readonly do: 'crash'; readonly linesMeanwhile: number; readonly rotateMeanwhile: boolean }
  | { readonly do: 'catch_up' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      lines: fc.integer({ min: 1, max: 300 }),
      lineBytes: fc.nat({ max: 400 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'write_in_pieces' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('rotate' as const), linesAfter: fc.nat({ max: 20 }) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'truncate' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('crash' as const),
      linesMeanwhile: fc.nat({ max: 50 }),
      rotateMeanwhile: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'catch_up' as const }) },
);

/** A log with its writer, a tail that follows it, and a store that keeps lines and offsets in one step. */
class World {
  readonly written: string[] = [];
  readonly stored: string[] = [];
  readonly #offsets = new Map<string, SourceOffset>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'harrier-schedule-'));
  readonly #path = join(this.#folder, 'app.log');
  #log = openSync(this.#path, 'a');
  #bench: Bench = createBench(500);
  #tail: FileTailHandle | null = null;
  #rotations = 0;

  async start(): Promise<void> {
    this.#bench = createBench(500);
    this.#tail = await startFileTail(
      { paths: [this.#path], offsets: [...this.#offsets.values()], pollMs: 5, rotateWaitMs: 10_000 },
      this.#bench.context,
    );
  }

  /** Commits at most `max` waiting records with their offsets. */
  commit(max: number): void {
    for (const record of this.#bench.queue.take(max)) {
      this.stored.push(Buffer.from(record.bytes).toString('latin1'));
      if (record.offset !== null) this.#offsets.set(record.offset.fileKey, record.offset);
    }
  }

  async catchUp(): Promise<void> {
    await until(() => {
      this.commit(100);
      return this.stored.length >= this.written.length;
    });
  }

  write(lines: number, lineBytes: number): void {
    for (let line = 0; line < lines; line += 1) {
      const text = `line ${this.written.length} ${'x'.repeat(lineBytes)}`;
      this.written.push(text);
      writeSync(this.#log, `${text}\n`);
    }
  }

  async writeInPieces(): Promise<void> {
    const text = `line ${this.written.length} in pieces`;
    writeSync(this.#log, text.slice(0, 7));
    // The writer pauses for longer than a poll, so that the first piece is mostly read on its own.
    await new Promise((resolve) => setTimeout(resolve, 15));
    writeSync(this.#log, `${text.slice(7)}\n`);
    this.written.push(text);
  }

  /** Renames the log; its writer notices only after some more lines. */
  rotate(linesAfter: number): void {
    renameSync(this.#path, `${this.#path}.${(this.#rotations += 1)}`);
    this.write(linesAfter, 10);
    closeSync(this.#log);
    this.#log = openSync(this.#path, 'a');
  }

  truncate(): void {
    truncateSync(this.#path);
  }

  /** Stops without committing what is in flight, as a killed process would. */
  async crash(): Promise<void> {
    const pump = setInterval(() => this.#bench.queue.take(100), 1);
    await this.#tail?.stop();
    clearInterval(pump);
    this.#tail = null;
  }

  /** Stops and commits what is still in flight: a line that came twice must show. */
  async end(): Promise<void> {
    const pump = setInterval(() => this.commit(100), 1);
    await this.#tail?.stop();
    clearInterval(pump);
    this.commit(Infinity);
    closeSync(this.#log);
    rmSync(this.#folder, { recursive: true });
  }
}

async function play(world: World, one: Step): Promise<void> {
  switch (one.do) {
    case 'write':
      world.write(one.lines, one.lineBytes);
      world.commit(50);
      return;
    case 'write_in_pieces':
      await world.writeInPieces();
      return;
    case 'rotate':
      // A file that the tail never saw under its path cannot be known: let it see one line of each.
      await world.catchUp();
      world.write(40, 30);
      world.rotate(one.linesAfter);
      world.write(1, 10);
      await world.catchUp();
      return;
    case 'truncate':
      // Lines that nobody read before a truncation are gone: the promise begins with what was read.
      await world.catchUp();
      world.truncate();
      world.write(3, 20);
      return;
    case 'crash':
      world.commit(20);
      // Before its file is renamed unseen, one line of it must be known by the store.
      if (one.rotateMeanwhile) await world.catchUp();
      world.write(one.linesMeanwhile, 50);
      await world.crash();
      world.write(one.linesMeanwhile, 50);
      if (one.rotateMeanwhile) world.rotate(one.linesMeanwhile);
      world.write(1, 5);
      await world.start();
      return;
    case 'catch_up':
      await world.catchUp();
  }
}

describe('file tail under rotation, truncation and crashes', () => {
  test('20 random schedules: every written line is stored exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const world = new World();
        world.write(1, 10);
        await world.start();
        await world.catchUp();
        for (const one of steps) await play(world, one);
        await world.catchUp();
        await world.end();
        expect([...world.stored].sort()).toEqual([...world.written].sort());
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });
});
