import { Switch } from '@mantine/core';
import type { RuleWire } from '#shared/contract/sigma.ts';
import { formatCount } from '../../lib/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { SeverityBadge } from '../../ui/Severity.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import styles from './RulesScreen.module.css';
import { sourceText } from './select-rules.ts';

export const ORIGIN_WORDS: Readonly<Record<RuleWire['origin'], string>> = {
  shipped: 'Shipped',
  folder: 'Folder',
  custom: 'Own',
};

/** Columns of the list; `onToggle` is called by the switch in the first one. */
export function ruleColumns(
  onToggle: (rule: RuleWire, enabled: boolean) => void,
): readonly Column<RuleWire>[] {
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
