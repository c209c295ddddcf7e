import type { EventColumns } from '../../pipeline/columns.ts';

/** Hosts named in a report; the rest are only counted by the hosts filter of the events screen. */
const HOSTS_LISTED = 100;

/** What an import brought in so far. */
export interface Tally {
  add(events: EventColumns, alertsCreated: number): void;
  readonly events: number;
  readonly alerts: number;
  readonly firstEventTs: number | null;
  readonly lastEventTs: number | null;
  readonly hosts: readonly string[];
}

/** Sums up committed batches for progress and report. */
export function createTally(): Tally {
  const hosts = new Set<string>();
  let events = 0;
  let alerts = 0;
  let first = Infinity;
  let last = -Infinity;
  return {
    add(columns, alertsCreated) {
      events += columns.id.length;
      alerts += alertsCreated;
      for (const ts of columns.eventTs) {
        if (ts < first) first = ts;
        if (ts > last) last = ts;
      }
      for (const host of columns.host) if (host !== '' && hosts.size < HOSTS_LISTED) hosts.add(host);
    },
    get events() {
      return events;
    },
    get alerts() {
      return alerts;
    },
    get firstEventTs() {
      return events === 0 ? null : first;
    },
    get lastEventTs() {
      return events === 0 ? null : last;
    },
    get hosts() {
      return [...hosts].sort();
    },
  };
}
