import type { EvidenceFormat, ParseOutcome } from '../../pipeline/parsing.ts';
import { HEAD_BYTES } from './limits.ts';
import { describeUnknown } from './unknown-content.ts';

/** How one content was read. Bytes count what was read of it, unpacked. */
export interface ContentReport {
  readonly format: string | null;
  readonly outcome: 'ok' | 'empty' | 'partly_read' | 'failed';
  /** Sentence for a person; null when there is nothing to say. */
  readonly reason: string | null;
  readonly events: number;
  readonly rejected: Readonly<Record<string, number>>;
}

/** Takes outcomes in order; the next bytes are read when its promise resolves. */
export type TakeOutcomes = (outcomes: readonly ParseOutcome[]) => void | Promise<void>;

export interface FeedOptions {
  /** The format of an input that begins with these bytes; null when none knows it. */
  readonly detect: (head: Uint8Array) => EvidenceFormat | null;
  readonly nowMs: number;
  readonly take: TakeOutcomes;
  /** What was wrong with the source once it is over: not all of the content was handed out. */
  readonly damage: () => string | null;
}

/** Feeds a content to the reader of its format. Holds one piece of it at a time. */
export async function feed(content: AsyncIterable<Buffer>, options: FeedOptions): Promise<ContentReport> {
  const tally = new Tally(options);
  const { head, rest } = await splitHead(content);
  const format = options.detect(head);
  if (format !== null) {
    const reader = format.open({ nowMs: options.nowMs });
    await tally.take(reader.push(head));
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      await tally.take(reader.push(next.value));
    }
    await tally.take(reader.end());
  } else {
    await rest.return?.();
  }
  return tally.report(format, head);
}

/** Enough of a content to recognise it, and what follows. */
async function splitHead(
  content: AsyncIterable<Buffer>,
): Promise<{ readonly head: Buffer; readonly rest: AsyncIterator<Buffer> }> {
  const rest = content[Symbol.asyncIterator]();
  const pieces: Buffer[] = [];
  for (let held = 0; held < HEAD_BYTES;) {
    const next = await rest.next();
    if (next.done === true) break;
    pieces.push(next.value);
    held += next.value.length;
  }
  return { head: Buffer.concat(pieces), rest };
}

class Tally {
  readonly #options: FeedOptions;
  readonly #rejected: Record<string, number> = {};
  #events = 0;
  #rejections = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  async take(outcomes: readonly ParseOutcome[]): Promise<void> {
    for (const outcome of outcomes) {
      if (outcome.ok) {
        this.#events += 1;
        continue;
      }
      const { reason } = outcome.rejection;
      this.#rejected[reason] = (this.#rejected[reason] ?? 0) + 1;
      this.#rejections += 1;
    }
    await this.#options.take(outcomes);
  }

  report(format: EvidenceFormat | null, head: Buffer): ContentReport {
    const events = this.#events;
    const rejected = this.#rejected;
    const counted = { format: format?.name ?? null, events, rejected };
    const damage = this.#options.damage();
    const problems = [...(damage === null ? [] : [`Incomplete: ${damage}.`]), ...this.#rejectionSentence()];
    const reason = problems.length === 0 ? null : problems.join(' ');
    if (format === null && !isBlank(head)) {
      const looks = `Its format is not known: the content looks like ${describeUnknown(head)}.`;
      return { ...counted, outcome: 'failed', reason: [...problems, looks].join(' ') };
    }
    if (problems.length > 0) return { ...counted, outcome: events > 0 ? 'partly_read' : 'failed', reason };
    if (events === 0) return { ...counted, outcome: 'empty', reason: 'It holds no records.' };
    return { ...counted, outcome: 'ok', reason: null };
  }

  #rejectionSentence(): string[] {
    if (this.#rejections === 0) return [];
    const reasons = Object.entries(this.#rejected).map(([reason, count]) => `${reason} ${count}`);
    const records = this.#rejections === 1 ? '1 record was' : `${this.#rejections} records were`;
    return [`${records} not understood (${reasons.join(', ')}); the rest was read.`];
  }
}

function isBlank(head: Buffer): boolean {
  return head.toString('latin1').trim() === '';
}
