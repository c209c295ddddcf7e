import type { LogEvent } from '#shared/model/event.ts';
import type { BaseMatch } from '../../detect/sigma/correlation/plan.ts';

/**
 * Matches that one import or scan may collect for its correlations, at about 300 bytes each. Correlations look at
 * rare events or at bursts of one kind; 500,000 failed logons are a day of a large domain.
 */
const MAX_COLLECTED = 500_000;

/** A match, and where its event stands: events of one time are ordered by it, whatever order files were read in. */
export interface CollectedMatch {
  readonly match: BaseMatch;
  readonly path: string;
  readonly offset: number;
}

/** What correlations look at in evidence that is not read in the order of time. */
export class MatchCollection<M extends CollectedMatch = CollectedMatch> {
  readonly #collected: M[] = [];
  readonly #limit: number;
  #leftOut = 0;

  constructor(limit = MAX_COLLECTED) {
    this.#limit = limit;
  }

  /** Matches that no longer had room. */
  get leftOut(): number {
    return this.#leftOut;
  }

  add(collected: readonly M[]): void {
    const room = Math.max(0, this.#limit - this.#collected.length);
    for (const one of collected.slice(0, room)) this.#collected.push(one);
    this.#leftOut += Math.max(0, collected.length - room);
  }

  /** All of them, by time, then by place. */
  inOrder(): readonly M[] {
    return this.#collected.sort(
      (left, right) =>
        left.match.eventTs - right.match.eventTs ||
        byText(left.path, right.path) ||
        left.offset - right.offset,
    );
  }
}

/** Collected matches of `events`, which they are matches of. */
export function placed(
  matches: readonly BaseMatch[],
  events: readonly LogEvent[],
): readonly CollectedMatch[] {
  if (matches.length === 0) return [];
  const byId = new Map(events.map((event) => [event.id, event]));
  return matches.map((match) => {
    const evidence = byId.get(match.eventId)?.evidence;
    return { match, path: evidence?.path ?? '', offset: evidence?.offset ?? 0 };
  });
}

function byText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
