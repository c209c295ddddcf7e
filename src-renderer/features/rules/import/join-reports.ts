import type { RuleImportWire } from '#shared/contract/rule-import.ts';

/** Reports of several files as one. */
export function joinReports(reports: readonly RuleImportWire[]): RuleImportWire {
  const [first, ...rest] = reports;
  if (first === undefined) throw new Error('There is no report to show.');
  return rest.reduce(
    (sum, report) => ({
      dry_run: sum.dry_run,
      files: sum.files + report.files,
      others: sum.others + report.others,
      counts: addCounts(sum.counts, report.counts),
      duration_ms: sum.duration_ms + report.duration_ms,
      items: [...sum.items, ...report.items],
    }),
    first,
  );
}

type Counts = RuleImportWire['counts'];

function addCounts(a: Counts, b: Counts): Counts {
  return {
    added: a.added + b.added,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
    duplicate_id: a.duplicate_id + b.duplicate_id,
    invalid: a.invalid + b.invalid,
    unsupported: a.unsupported + b.unsupported,
    unreadable: a.unreadable + b.unreadable,
    never_matches: a.never_matches + b.never_matches,
  };
}
