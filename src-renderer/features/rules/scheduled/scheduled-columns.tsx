import { Switch } from '@mantine/core';
import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SeverityBadge } from '../../../ui/Severity.tsx';
import type { Column } from '../../../ui/table/columns.ts';
import { TimeText } from '../../../ui/TimeText.tsx';
import { queryWords, scheduleWords } from './schedule-words.ts';

/** Columns of the list of saved queries. */
export function scheduledColumns(
  onToggle: (rule: DetectionRuleWire, enabled: boolean) => void,
): readonly Column<DetectionRuleWire>[] {
  return [
    {
      id: 'enabled',
      header: 'On',
      widthPx: 48,
      cell: (rule) => (
        <Switch
          size="xs"
          withThumbIndicator={false}
          tabIndex={-1}
          checked={rule.enabled}
          aria-label={`Enabled: ${rule.name}`}
          onChange={(event) => onToggle(rule, event.currentTarget.checked)}
        />
      ),
      value: (rule) => (rule.enabled ? 'enabled' : 'disabled'),
    },
    {
      id: 'level',
      header: 'Level',
      widthPx: 88,
      cell: (rule) => <SeverityBadge level={rule.alert_severity} />,
      value: (rule) => rule.alert_severity,
    },
    {
      id: 'name',
      header: 'Rule',
      widthPx: 220,
      grows: true,
      cell: (rule) => <HostileText text={rule.name} />,
      value: (rule) => rule.name,
    },
    {
      id: 'query',
      header: 'Query',
      widthPx: 260,
      cell: (rule) => (
        <span className="mono">
          <HostileText text={queryWords(rule)} />
        </span>
      ),
      value: queryWords,
    },
    {
      id: 'schedule',
      header: 'Runs',
      widthPx: 110,
      cell: scheduleWords,
      value: scheduleWords,
    },
    {
      id: 'last',
      header: 'Last run',
      widthPx: 92,
      cell: (rule) => (rule.last_run_at === null ? 'never' : <TimeText time={rule.last_run_at} ago />),
      value: (rule) => rule.last_run_at,
    },
    {
      id: 'next',
      header: 'Next run',
      widthPx: 92,
      cell: (rule) => (rule.next_run_at === null ? '' : <TimeText time={rule.next_run_at} ago />),
      value: (rule) => rule.next_run_at,
    },
    {
      id: 'technique',
      header: 'ATT&CK',
      widthPx: 92,
      cell: (rule) => <span className="mono">{rule.mitre_techniques.join(' ')}</span>,
      value: (rule) => rule.mitre_techniques.join(' '),
    },
    {
      id: 'owner',
      header: 'Owner',
      widthPx: 110,
      cell: (rule) => <HostileText text={rule.owner} />,
      value: (rule) => rule.owner,
    },
  ];
}
