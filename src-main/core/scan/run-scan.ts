import type { Level } from '#shared/model/severity.ts';
import { planEvidence } from '../../ingest/evidence/plan.ts';
import type { Clock } from '../../platform/clock.ts';
import { createInOrder } from './in-order.ts';
import { MatchCollection } from '../detection/match-collection.ts';
import { toCorrelationMatch, type ScanMatch } from './match.ts';
import type { ScanCollected, ScanRules } from './messages.ts';
import type { MatchPrinter } from './output/printer.ts';
import { ScanPool } from './pool.ts';
import { createProgress, noProgress } from './progress.ts';
import type { ScannedFile, ScanReport } from './report.ts';

/** Matches held back for the right order before new inputs wait (about 200 MB of matches at 4 KiB each). */
const HELD_MATCHES = 50_000;

export interface ScanOptions {
  readonly evidence: readonly string[];
  readonly rules: ScanRules;
  readonly printer: MatchPrinter;
  /** Resolves when the reader of the output has room. */
  readonly write: (text: string) => Promise<void>;
  /** Draws progress; null in a pipe. */
  readonly drawProgress: ((text: string) => void) | null;
  readonly clock: Clock;
}

/** Reads the evidence, prints every match in a fixed order (input, event, rule), and reports. Leaves nothing behind. */
export async function runScan(options: ScanOptions): Promise<ScanReport> {
  const started = options.clock.monotonic();
  const plan = await planEvidence(options.evidence);
  const bytesTotal = plan.inputs.reduce((sum, input) => sum + input.sizeBytes, 0);
  const progress =
    options.drawProgress === null
      ? noProgress
      : createProgress(bytesTotal, options.clock, options.drawProgress);
  const output = new MatchOutput(options.printer, options.write);
  const totals = { bytesDone: 0, events: 0 };
  const collection = new MatchCollection<ScanCollected>();

  const pool = new ScanPool(options.rules, bytesTotal, (notice) => {
    if (notice.kind === 'matches') {
      output.add(notice.index, notice.matches);
      return;
    }
    if (notice.kind === 'collected') {
      collection.add(notice.matches);
      return;
    }
    totals.bytesDone += notice.bytes;
    totals.events += notice.events;
    progress.update({ ...totals, file: plan.inputs[notice.index]?.path ?? '' });
  });
  try {
    const rules = await pool.load();
    const files: ScannedFile[] = new Array<ScannedFile>(plan.inputs.length);
    await pool.run(
      plan.inputs,
      (index, file) => {
        files[index] = file;
        output.finish(index);
      },
      () => output.room(),
    );
    output.addLast(await correlationMatches(pool, collection));
    await output.end();
    const unreadable = plan.unreadable.map(({ path, reason }) => ({
      path,
      reason,
      outcome: 'failed' as const,
      events: 0,
      rejected: {},
    }));
    return {
      files: [...files, ...unreadable],
      events: files.reduce((sum, file) => sum + file.events, 0),
      rulesLoaded: rules.loaded,
      rulesRejected: rules.problems,
      rulesUnmatchable: await pool.unmatchable(),
      matchesLeftOut: collection.leftOut,
      matches: output.byLevel,
      seconds: (options.clock.monotonic() - started) / 1000,
    };
  } finally {
    progress.done();
    await pool.stop();
  }
}

/** Lines of what correlations find in all inputs together, by time. */
async function correlationMatches(
  pool: ScanPool,
  collection: MatchCollection<ScanCollected>,
): Promise<readonly ScanMatch[]> {
  const collected = collection.inOrder();
  if (collected.length === 0) return [];
  const detections = await pool.correlate(collected.map(({ match }) => match));
  const positions = new Map(collected.map(({ match, position }) => [match.eventId, position]));
  return detections.flatMap((detection) => toCorrelationMatch(detection, positions) ?? []);
}

/** Writes matches in the order of their inputs, slowing the scan to the pace of whoever reads. */
class MatchOutput {
  readonly byLevel: Record<Level, number> = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };
  readonly #printer: MatchPrinter;
  readonly #write: (text: string) => Promise<void>;
  readonly #order = createInOrder<ScanMatch>();
  #tail: Promise<void>;
  #failure: Error | null = null;

  constructor(printer: MatchPrinter, write: (text: string) => Promise<void>) {
    this.#printer = printer;
    this.#write = write;
    this.#tail = write(printer.head());
  }

  add(index: number, matches: readonly ScanMatch[]): void {
    for (const match of matches) this.byLevel[match.level] += 1;
    this.#order.add(index, matches);
    this.#flush();
  }

  /** Adds what belongs to no single input, behind all of them. */
  addLast(matches: readonly ScanMatch[]): void {
    for (const match of matches) this.byLevel[match.level] += 1;
    this.#queue(matches.map((match) => this.#printer.match(match)).join(''));
  }

  finish(index: number): void {
    this.#order.finish(index);
    this.#flush();
  }

  /** Resolves when a new input may start. */
  async room(): Promise<void> {
    await this.#tail;
    if (this.#failure !== null) throw this.#failure;
    while (this.#order.held() > HELD_MATCHES) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async end(): Promise<void> {
    this.#queue(this.#printer.tail());
    await this.#tail;
    if (this.#failure !== null) throw this.#failure;
  }

  #flush(): void {
    const matches = this.#order.take();
    if (matches.length > 0) this.#queue(matches.map((match) => this.#printer.match(match)).join(''));
  }

  #queue(text: string): void {
    if (text === '') return;
    this.#tail = this.#tail
      .then(() => this.#write(text))
      .catch((error: unknown) => {
        this.#failure ??= error instanceof Error ? error : new Error(String(error));
      });
  }
}
