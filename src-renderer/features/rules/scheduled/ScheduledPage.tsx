import { Button, Switch, Tabs } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import { useApiMutation } from '../../../api/queries.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { SeverityBadge } from '../../../ui/Severity.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { alertsLink, scheduledRulesLink } from '../../../workbench/links.ts';
import { useSearchParams, useSetSearch } from '../../../workbench/search-params.ts';
import { FeedbackTab } from './FeedbackTab.tsx';
import { OverviewTab } from './OverviewTab.tsx';
import { RunsTab } from './RunsTab.tsx';
import { scheduleWords } from './schedule-words.ts';
import styles from './scheduled.module.css';
import { SuppressionsTab } from './SuppressionsTab.tsx';
import { SCHEDULED_READERS, useScheduledChanges, useScheduledRules } from './use-scheduled.ts';

const TABS = [
  { id: 'overview', label: 'Rule', Panel: OverviewTab },
  { id: 'runs', label: 'Runs', Panel: RunsTab },
  { id: 'suppressions', label: 'Suppressions', Panel: SuppressionsTab },
  { id: 'feedback', label: 'Feedback', Panel: FeedbackTab },
] as const;

/** One saved query: what it asks and when, its runs, what is suppressed, and what analysts say of it. */
export function ScheduledPage() {
  // The router is made from contributed routes, so it cannot know the parameters of this one.
  const { id = '' }: { readonly id?: string } = useParams({ strict: false });
  const { tab } = useSearchParams();
  const setSearch = useSetSearch();
  const { data, error, refetch } = useScheduledRules();
  if (error !== null && data === undefined)
    return <ErrorState title="The rule could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows />;
  const rule = data.items.find((one) => one.id === id);
  if (rule === undefined) {
    return (
      <EmptyState
        cause="no-data"
        title="There is no such rule"
        actions={<LinkButton link={scheduledRulesLink()}>Scheduled rules</LinkButton>}
      />
    );
  }
  const shown = TABS.find((one) => one.id === tab) ?? TABS[0];
  return (
    <div className={styles.page}>
      <Header rule={rule} />
      <Tabs
        value={shown.id}
        keepMounted={false}
        onChange={(next) => setSearch({ tab: next ?? undefined }, { replace: true })}
      >
        <Tabs.List className={styles.tabs ?? ''}>
          {TABS.map((one) => (
            <Tabs.Tab key={one.id} value={one.id}>
              {one.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(({ id: tabId, Panel }) => (
          <Tabs.Panel key={tabId} value={tabId} className={styles.panel ?? ''}>
            <Panel rule={rule} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}

function Header({ rule }: { readonly rule: DetectionRuleWire }) {
  const { setEnabled, error } = useScheduledChanges();
  return (
    <>
      <header className={styles.header}>
        <SeverityBadge level={rule.alert_severity} />
        <h2>
          <HostileText text={rule.name} />
        </h2>
        <span className={styles.quiet}>
          {scheduleWords(rule)}
          {rule.next_run_at !== null && (
            <>
              , next <TimeText time={rule.next_run_at} ago />
            </>
          )}
        </span>
        <span className={styles.grow} />
        <Switch
          size="xs"
          withThumbIndicator={false}
          label={rule.enabled ? 'On' : 'Off'}
          checked={rule.enabled}
          onChange={(event) => setEnabled(rule, event.currentTarget.checked)}
        />
        <LinkButton link={alertsLink({ rule: rule.id, status: 'all' }, {})}>Open its alerts</LinkButton>
        <RemoveRule rule={rule} />
      </header>
      {error !== null && <ErrorState compact title="The rule could not be changed" error={error} />}
    </>
  );
}

/** Removing takes the suppressions along, so it asks, in place. */
function RemoveRule({ rule }: { readonly rule: DetectionRuleWire }) {
  const navigate = useNavigate();
  const [asks, setAsks] = useState(false);
  const remove = useApiMutation('deleteDetectionRule', { invalidates: SCHEDULED_READERS });
  if (!asks) return <Button onClick={() => setAsks(true)}>Remove</Button>;
  return (
    <span className={styles.ask} role="group" aria-label="Remove this rule?">
      Remove it with its suppressions? Its alerts stay.
      <Button
        autoFocus
        loading={remove.isPending}
        onClick={() =>
          remove.mutate(
            { params: { rule_id: rule.id } },
            { onSuccess: () => void navigate(scheduledRulesLink()) },
          )
        }
      >
        Remove
      </Button>
      <Button onClick={() => setAsks(false)}>Keep</Button>
    </span>
  );
}
