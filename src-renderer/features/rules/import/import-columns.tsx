import type { RuleImportWire } from '#shared/contract/rule-import.ts';
import { HostileText } from '../../../ui/HostileText.tsx';
import type { Column } from '../../../ui/table/columns.ts';
import styles from './ImportRules.module.css';
import { LEFT_OUT, OUTCOME_WORDS } from './outcome-words.ts';

export type ImportRow = RuleImportWire['items'][number] & { readonly key: string };

/** One line that says why: the first error, the reason, or that it could not match. */
function problemText({ reason, problems, never_matches: never, changed_fields: changed }: ImportRow): string {
  const first = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  if (first !== undefined) return `${first.line}:${first.column} ${first.message}`;
  if (reason !== '') return reason;
  if (changed.length > 0) return `Changes ${changed.join(', ')}`;
  return never ?? '';
}

export const IMPORT_COLUMNS: readonly Column<ImportRow>[] = [
  {
    id: 'outcome',
    header: 'Outcome',
    widthPx: 112,
    cell: ({ outcome }) => (
      <span className={styles.word} data-left-out={LEFT_OUT.has(outcome)}>
        {OUTCOME_WORDS[outcome]}
      </span>
    ),
    value: ({ outcome }) => outcome,
  },
  {
    id: 'title',
    header: 'Rule',
    widthPx: 260,
    cell: ({ title, rule_id: id }) => <HostileText text={title === '' ? (id ?? 'Without a title') : title} />,
    value: ({ title }) => title,
  },
  {
    id: 'problem',
    header: 'Why',
    widthPx: 280,
    grows: true,
    cell: (row) => <HostileText text={problemText(row)} />,
    value: problemText,
  },
  {
    id: 'file',
    header: 'File',
    widthPx: 300,
    cell: ({ file }) => <HostileText text={file} maxLength={60} />,
    value: ({ file }) => file,
  },
];
