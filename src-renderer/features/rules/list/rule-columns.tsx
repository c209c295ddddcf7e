import { Switch } from '@mantine/core';
import type { RuleWire } from '#shared/contract/sigma.ts';
import { formatCount, formatNoun } from '../../../lib/numbers.ts';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SeverityBadge } from '../../../ui/Severity.tsx';
import { SparkBars } from '../../../ui/SparkBars.tsx';
import type { Column } from '../../../ui/table/columns.ts';
import { TimeText } from '../../../ui/TimeText.tsx';
import styles from './RulesScreen.module.css';
import { sourceText } from './select-rules.ts';
import type { RuleActivity } from './use-activity.ts';

export const ORIGIN_WORDS: Readonly<Record<RuleWire['origin'], string>> = {
  shipped: 'Shipped',
  folder: 'Folder',
  custom: 'Own',
};

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
      widthPx: 52,
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
      widthPx: 92,
      sortKey: 'level',
      cell: (rule) => <SeverityBadge level={rule.level} />,
      value: (rule) => rule.level,
    },
    {
      id: 'title',
      header: 'Rule',
      widthPx: 260,
      grows: true,
      sortKey: 'title',
      cell: (rule) => (
        <span className={styles.title} data-enabled={rule.enabled}>
          <HostileText text={rule.title} />
        </span>
      ),
      value: (rule) => rule.title,
    },
    {
      id: 'source',
      header: 'Log source',
      widthPx: 200,
      sortKey: 'source',
      cell: (rule) => <HostileText text={sourceText(rule)} />,
      value: sourceText,
    },
    {
      id: 'technique',
      header: 'ATT&CK',
      widthPx: 92,
      cell: (rule) => <span className="mono">{rule.technique ?? ''}</span>,
      value: (rule) => rule.technique,
    },
    {
      id: 'activity',
      header: 'One day',
      widthPx: 112,
      cell: ({ id }) => <Activity counts={activity.byRule.get(id)} />,
      value: ({ id }) => activity.byRule.get(id)?.join(' ') ?? null,
    },
    {
      id: 'fired',
      header: 'Fired',
      widthPx: 72,
      align: 'end',
      sortKey: 'fired',
      cell: (rule) => (rule.fired === 0 ? '' : formatCount(rule.fired)),
      value: (rule) => String(rule.fired),
    },
    {
      id: 'last-fired',
      header: 'Last fired',
      widthPx: 164,
      sortKey: 'last-fired',
      cell: (rule) =>
        rule.last_fired_at === null ? '' : <TimeText time={rule.last_fired_at} precision="second" />,
      value: (rule) => rule.last_fired_at,
    },
    {
      id: 'status',
      header: 'Status',
      widthPx: 108,
      cell: (rule) => <HostileText text={rule.status} />,
      value: (rule) => rule.status,
    },
    {
      id: 'origin',
      header: 'Origin',
      widthPx: 80,
      cell: (rule) => ORIGIN_WORDS[rule.origin],
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

function Activity({ counts }: { readonly counts: readonly number[] | undefined }) {
  if (counts === undefined) return null;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return <SparkBars values={counts} label={`${formatNoun(total, 'fire')} in the day shown`} />;
}
