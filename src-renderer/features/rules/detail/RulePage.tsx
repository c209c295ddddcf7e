import { useParams } from '@tanstack/react-router';
import { useApi } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SeverityBadge } from '../../../ui/Severity.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { RuleDetail } from './RuleDetail.tsx';
import styles from './RuleDetail.module.css';
import { useRuleChanges } from '../use-rules.ts';

/** One rule as a page of its own, for a link from elsewhere. */
export function RulePage() {
  // The router is made from contributed routes, so it cannot know the parameters of this one.
  const { id = '' }: { readonly id?: string } = useParams({ strict: false });
  const { data: rule, error, refetch } = useApi('getRule', { params: { rule_id: id } });
  const changes = useRuleChanges();
  if (error !== null && rule === undefined) {
    return <ErrorState title="The rule could not be loaded" error={error} onRetry={() => void refetch()} />;
  }
  if (rule === undefined) return <SkeletonRows />;
  return (
    <div className={styles.page}>
      <header className={styles.pageHeader}>
        <SeverityBadge level={rule.level} />
        <h2>
          <HostileText text={rule.title} />
        </h2>
      </header>
      {changes.error !== null && (
        <ErrorState compact title="The rule could not be changed" error={changes.error} />
      )}
      <RuleDetail rule={rule} changes={changes} />
    </div>
  );
}
