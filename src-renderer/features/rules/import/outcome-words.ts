import type { RuleImportWire } from '#shared/contract/rule-import.ts';

export type ImportOutcome = RuleImportWire['items'][number]['outcome'];

/** In the order of a report: what would change, what stays, what is left out. */
export const IMPORT_OUTCOMES: readonly ImportOutcome[] = [
  'added',
  'changed',
  'unchanged',
  'duplicate_id',
  'unsupported',
  'invalid',
  'unreadable',
];

export const OUTCOME_WORDS: Readonly<Record<ImportOutcome, string>> = {
  added: 'Added',
  changed: 'Changed',
  unchanged: 'Unchanged',
  duplicate_id: 'Duplicate id',
  unsupported: 'Unsupported',
  invalid: 'Invalid',
  unreadable: 'Unreadable',
};

/** Outcomes of rules that are not kept. */
export const LEFT_OUT: ReadonlySet<ImportOutcome> = new Set([
  'duplicate_id',
  'unsupported',
  'invalid',
  'unreadable',
]);
