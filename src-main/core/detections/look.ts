import type { LogEvent } from '#shared/model/event.ts';
import type { Suppression } from '#shared/model/detection-rule.ts';
import type { EventFilter, EventOrder, StoreReader } from '../../store/interface/reader.ts';
import { criteriaTest } from './detection-filter.ts';

/** Matches that one run looks at. A rule that matches more finds noise, and says so instead of raising it all. */
const MAX_MATCHES = 10_000;
const PAGE = 500;

/** What one look for a rule's matches found. */
export interface Found {
  readonly total: number;
  readonly suppressed: number;
  /** Why not all matches were looked at; null when they were. */
  readonly reason: string | null;
}

export interface LookOptions {
  readonly filter: EventFilter;
  readonly order: EventOrder;
  readonly suppressions: readonly Suppression[];
  readonly nowMs: number;
  /** Matches that no suppression covers, page by page. */
  readonly onMatches: (events: readonly LogEvent[]) => Promise<void> | void;
}

/** Goes through the events of a filter, page by page, leaving out what is suppressed. */
export async function lookFor(reader: Pick<StoreReader, 'pageEvents'>, options: LookOptions): Promise<Found> {
  const tests = options.suppressions
    .filter(({ expiresTs }) => expiresTs === null || expiresTs > options.nowMs)
    .map(({ criteria }) => criteriaTest(criteria));
  let cursor: string | null = null;
  let seen = 0;
  let suppressed = 0;
  for (;;) {
    const request = { limit: PAGE, offset: 0, cursor };
    const page = await reader.pageEvents(options.filter, request, options.order);
    const free = page.items.filter((event) => !tests.some((test) => test(event)));
    seen += page.items.length;
    suppressed += page.items.length - free.length;
    if (free.length > 0) await options.onMatches(free);
    cursor = page.nextCursor;
    if (cursor === null) return { total: seen, suppressed, reason: null };
    if (seen < MAX_MATCHES) continue;
    const total = Math.max(page.total, seen);
    const more = `${total - seen}${page.totalIsExact ? '' : ' or more'}`;
    return { total, suppressed, reason: `Stopped after ${seen} matches; ${more} were left.` };
  }
}
