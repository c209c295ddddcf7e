import { Switch } from '@mantine/core';
import { Pencil } from 'lucide-react';
import type { RuleWire } from '#shared/contract/sigma.ts';
import { formatCount, formatNoun } from '../../../lib/numbers.ts';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SeverityBadge } from '../../../ui/Severity.tsx';
import { SparkBars } from '../../../ui/SparkBars.tsx';
import type { Column } from '../../../ui/table/columns.ts';
import { TimeText } from '../../../ui/TimeText.tsx';
import { KIND_WORDS, ORIGIN_WORDS } from './rule-words.ts';
import styles from './RulesScreen.module.css';
import { falsePositiveShare, sourceText } from './select-rules.ts';
import type { RuleActivity } from './use-activity.ts';

interface ColumnNeeds {
  /** Called by the switch in the first column. */
  readonly onToggle: (rule: RuleWire, enabled: boolean) => void;
  readonly activity: RuleActivity;
}

/** Columns of the list. */
export function ruleColumns({ onToggle, activity }: ColumnNeeds): readonly Column<RuleWire>[] {
  return [
    {
      id: 'enabled',
      header: 'On',
      widthPx: 48,
      sortKey: 'enabled',
      cell: (rule) => (
        <Switch
          size="xs"
          withThumbIndicator={false}
          className={styles.switch ?? ''}
          tabIndex={-1}
          checked={rule.enabled}
          aria-label={`Enabled: ${rule.title}`}
          onChange={(event) => onToggle(rule, event.currentTarget.checked)}
        />
      ),
      value: (rule) => (rule.enabled ? 'enabled' : 'disabled'),
    },
    {
      id: 'level',
      header: 'Level',
      widthPx: 88,
      sortKey: 'level',
      cell: (rule) => <SeverityBadge level={rule.level} />,
      value: (rule) => rule.level,
    },
    {
      id: 'title',
      header: 'Rule',
      widthPx: 300,
      grows: true,
      sortKey: 'title',
      cell: (rule) => (
        <span className={styles.title} data-enabled={rule.enabled}>
          <HostileText text={rule.title} />
          {rule.never_matches !== null && (
            <span className={styles.mark} title={rule.never_matches}>
              no data
            </span>
          )}
        </span>
      ),
      value: (rule) => rule.title,
    },
    {
      id: 'kind',
      header: 'Kind',
      widthPx: 88,
      sortKey: 'kind',
      cell: (rule) => KIND_WORDS[rule.kind],
      value: (rule) => rule.kind,
    },
    {
      id: 'source',
      header: 'Log source',
      widthPx: 164,
      sortKey: 'source',
      cell: (rule) => <LogsourceCell rule={rule} />,
      value: sourceText,
    },
    {
      id: 'technique',
      header: 'ATT&CK',
      widthPx: 84,
      cell: (rule) => <span className="mono">{rule.technique ?? ''}</span>,
      value: (rule) => rule.technique,
    },
    {
      id: 'activity',
      header: 'One day',
      hint: 'Fires by hour; the line below the list says of which day',
      widthPx: 92,
      cell: ({ id }) => <Activity counts={activity.byRule.get(id)} />,
      value: ({ id }) => activity.byRule.get(id)?.join(' ') ?? null,
    },
    {
      id: 'fired',
      header: 'Fired',
      widthPx: 56,
      align: 'end',
      sortKey: 'fired',
      cell: (rule) => (rule.fired === 0 ? '' : formatCount(rule.fired)),
      value: (rule) => String(rule.fired),
    },
    {
      id: 'last-fired',
      header: 'Last fired',
      widthPx: 92,
      sortKey: 'last-fired',
      cell: (rule) => (rule.last_fired_at === null ? '' : <TimeText time={rule.last_fired_at} ago />),
      value: (rule) => rule.last_fired_at,
    },
    {
      id: 'false-positives',
      header: 'FP rate',
      hint: 'False positives among the alerts that were judged',
      widthPx: 64,
      align: 'end',
      sortKey: 'false-positives',
      cell: (rule) => <FalsePositives rule={rule} />,
      value: (rule) => String(falsePositiveShare(rule) ?? ''),
    },
    {
      id: 'status',
      header: 'Status',
      widthPx: 100,
      hiddenAtFirst: true,
      sortKey: 'status',
      cell: (rule) => <HostileText text={rule.status} />,
      value: (rule) => rule.status,
    },
    {
      id: 'origin',
      header: 'Origin',
      widthPx: 80,
      sortKey: 'origin',
      cell: (rule) => (
        <span>
          {ORIGIN_WORDS[rule.origin]}
          {rule.edited && <Pencil className={styles.edited ?? ''} aria-label="edited here" />}
        </span>
      ),
      value: (rule) => rule.origin,
    },
    {
      id: 'author',
      header: 'Author',
      widthPx: 180,
      hiddenAtFirst: true,
      cell: (rule) => <HostileText text={rule.author} />,
      value: (rule) => rule.author,
    },
  ];
}

/** Blank until somebody judged an alert of the rule: no verdict is not a good verdict. */
function FalsePositives({ rule }: { readonly rule: RuleWire }) {
  const share = falsePositiveShare(rule);
  if (share === null) return null;
  const { true_positive: right, false_positive: wrong, benign } = rule.verdicts;
  return (
    <span
      title={`${formatNoun(wrong, 'false positive')} of ${formatNoun(right + wrong + benign, 'judged alert')}`}
    >
      {Math.round(share * 100)} %
    </span>
  );
}

/** What tells rules apart comes first: nearly all of a product's rules share its name. */
function LogsourceCell({ rule: { logsource } }: { readonly rule: RuleWire }) {
  const { product, category, service } = logsource;
  const kind = [category, service].filter((part) => part !== null).join(' / ');
  return (
    <span>
      <HostileText text={kind === '' ? (product ?? '') : kind} />
      {kind !== '' && product !== null && (
        <span className={styles.product}>
          <HostileText text={product} />
        </span>
      )}
    </span>
  );
}

function Activity({ counts }: { readonly counts: readonly number[] | undefined }) {
  if (counts === undefined) return null;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return <SparkBars values={counts} label={`${formatNoun(total, 'fire')} in the day shown`} />;
}
