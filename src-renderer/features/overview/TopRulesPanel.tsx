import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/queries.ts';
import { formatCount } from '../../lib/numbers.ts';
import { BarList } from '../../ui/BarList.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SeverityBadge } from '../../ui/Severity.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { ruleLink, rulesLink } from '../../workbench/links.ts';

const SHOWN = 8;

/** Rules that fired most, since they were loaded. */
export function TopRulesPanel() {
  const { data, error, refetch } = useApi(
    'listRules',
    { query: { sort: 'fired', fired: 'true', limit: SHOWN } },
    { refetchIntervalMs: 30_000 },
  );
  return (
    <Panel
      title="Rules that fired most"
      {...(data !== undefined && { note: `${formatCount(data.total)} fired, all data` })}
      action={<Link {...rulesLink({ fired: 'true' })}>All that fired</Link>}
      padding="flush"
    >
      {error !== null && data === undefined && (
        <ErrorState compact title="Rules could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {error === null && data === undefined && <SkeletonRows rows={SHOWN} />}
      {data?.items.length === 0 && <EmptyState compact cause="no-data" title="No rule has fired yet" />}
      <BarList
        label="Rules that fired most"
        items={(data?.items ?? []).map((rule) => ({
          key: rule.id,
          label: (
            <>
              <SeverityBadge level={rule.level_override ?? rule.level} iconOnly /> {rule.title}
            </>
          ),
          count: rule.fired,
          link: ruleLink(rule.id),
        }))}
      />
    </Panel>
  );
}
