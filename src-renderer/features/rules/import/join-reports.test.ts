import { expect, it } from 'vitest';
import type { RuleImportWire } from '#shared/contract/rule-import.ts';
import { joinReports } from './join-reports.ts';

function report(added: number): RuleImportWire {
  const none = { changed: 0, unchanged: 1, duplicate_id: 0, invalid: 2, unsupported: 0, unreadable: 0 };
  return {
    dry_run: true,
    files: 2,
    others: 1,
    counts: { ...none, added, never_matches: 1 },
    duration_ms: 5,
    items: [
      {
        file: `${added}.yml`,
        outcome: 'added',
        rule_id: String(added),
        title: 'A rule',
        changed_fields: [],
        reason: '',
        never_matches: null,
        problems: [],
      },
    ],
  };
}

it('adds up counts and keeps the rules in order', () => {
  const joined = joinReports([report(1), report(4)]);
  expect(joined).toMatchObject({ dry_run: true, files: 4, others: 2, duration_ms: 10 });
  expect(joined.counts).toEqual({
    added: 5,
    changed: 0,
    unchanged: 2,
    duplicate_id: 0,
    invalid: 4,
    unsupported: 0,
    unreadable: 0,
    never_matches: 2,
  });
  expect(joined.items.map(({ file }) => file)).toEqual(['1.yml', '4.yml']);
});
