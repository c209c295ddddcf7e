import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { DetectorClient } from '../detection/detector-client.ts';

/**
 * How long an answer serves. Every page of the rules asks, and it takes a sample of the newest events of each
 * logsource; what a rule lacks hardly comes within a minute.
 */
const AGE_MS = 30_000;

export interface NeverMatchesParts {
  readonly detector: Pick<DetectorClient, 'unmatchable'>;
  readonly reader: Pick<StoreReader, 'fieldCensus'>;
  readonly clock: Clock;
  /** When the running rules were loaded: an answer is about those. */
  readonly loadedTs: () => number;
}

/** Rules that can match nothing seen so far, with the reason, by id; asked for anew at most every half minute. */
export function createNeverMatches({
  detector,
  reader,
  clock,
  loadedTs,
}: NeverMatchesParts): () => Promise<ReadonlyMap<string, string>> {
  let known: Promise<ReadonlyMap<string, string>> | null = null;
  let takenMs = 0;
  let askedOf = 0;

  async function ask(): Promise<ReadonlyMap<string, string>> {
    // A store that is too busy to say leaves what the engine has seen itself.
    const census = await reader.fieldCensus().catch(() => []);
    const rules = await detector.unmatchable(census);
    return new Map(rules.map(({ ruleId, reason }) => [ruleId, reason]));
  }

  return () => {
    if (known === null || askedOf !== loadedTs() || clock.monotonic() - takenMs > AGE_MS) {
      askedOf = loadedTs();
      takenMs = clock.monotonic();
      known = ask();
      // A failed answer is asked for again by the next call.
      known.catch(() => (known = null));
    }
    return known;
  };
}
