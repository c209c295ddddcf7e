import { Button } from '@mantine/core';
import { useApi } from '../../api/queries.ts';
import { formatNoun } from '../../lib/numbers.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { eventsLink, importsLink, rulesLink } from '../../workbench/links.ts';
import { isAllData } from '../../workbench/time-range.ts';
import type { AlertsActions, AlertsView } from './alerts-view.ts';

interface NoAlertsProps {
  readonly view: AlertsView;
  readonly actions: AlertsActions;
}

/** Why the queue is empty: nothing in, nothing found, all worked off, out of range or filtered out. */
export function NoAlerts({ view, actions }: NoAlertsProps) {
  const { data: stats } = useApi('stats', {});
  const outside = useApi('listAlerts', {
    query: { ...view.filter, since: undefined, until: undefined, limit: 1 },
  });
  if (stats === undefined || outside.data === undefined) return <SkeletonRows rows={6} />;
  if (stats.events === 0) {
    return (
      <EmptyState
        cause="no-data"
        title="No alerts, because there are no events yet"
        actions={
          <LinkButton link={importsLink()} primary>
            Import evidence
          </LinkButton>
        }
      >
        Import files, open the sample case, or send logs to Harrier. Rules look at every event as it arrives.
      </EmptyState>
    );
  }
  if (stats.rules_loaded === 0) {
    return (
      <EmptyState
        cause="not-configured"
        title="No rules are loaded"
        actions={<LinkButton link={rulesLink({})}>Open rules</LinkButton>}
      >
        {formatNoun(stats.events, 'event')} are stored, but nothing looks at them.
      </EmptyState>
    );
  }
  if (!isAllData(view.range) && outside.data.total > 0) {
    return (
      <EmptyState
        cause="out-of-range"
        title="No matching alerts in this time range"
        actions={
          <Button variant="filled" onClick={() => actions.setRange({})}>
            Show all data
          </Button>
        }
      >
        {formatNoun(outside.data.total, 'alert')} outside it.
      </EmptyState>
    );
  }
  if (stats.alerts === 0) {
    return (
      <EmptyState
        cause="no-data"
        title="No rule has fired"
        actions={
          <>
            <LinkButton link={eventsLink({})}>Open events</LinkButton>
            <LinkButton link={rulesLink({})}>Open rules</LinkButton>
          </>
        }
      >
        {formatNoun(stats.rules_loaded, 'rule')} looked at {formatNoun(stats.events, 'event')}.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      cause="filtered-out"
      title={view.isNarrowed ? 'The filters leave no alerts' : 'No open alerts'}
      actions={
        <>
          {view.isNarrowed && <Button onClick={actions.clearFilters}>Clear filters</Button>}
          {view.statuses.length > 0 && (
            <Button onClick={() => actions.setStatuses([])}>Show every status</Button>
          )}
        </>
      }
    >
      {formatNoun(stats.alerts, 'alert')} are stored, none of them match.
    </EmptyState>
  );
}
