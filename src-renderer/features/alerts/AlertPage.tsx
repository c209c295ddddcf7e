import { useParams } from '@tanstack/react-router';
import { useApi } from '../../api/queries.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { SeverityBadge } from '../../ui/Severity.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { AlertDetail } from './AlertDetail.tsx';
import styles from './AlertPage.module.css';
import { useTriage, useTriageCommands } from './use-triage.ts';
import { useVerdictCommands, useVerdicts } from './use-verdicts.ts';

/** One alert as a page of its own, for a link from elsewhere. */
export function AlertPage() {
  // The router is made from contributed routes, so it cannot know the parameters of this one.
  const { id = '' }: { readonly id?: string } = useParams({ strict: false });
  const { data, error, refetch } = useApi('getAlert', { params: { alert_id: id } });
  const triage = useTriage();
  const verdicts = useVerdicts();
  const alert =
    data === undefined ? undefined : { ...data, status: triage.changed.get(data.id) ?? data.status };
  useTriageCommands({ current: () => alert, triage, within: () => document.body });
  useVerdictCommands({ current: () => alert, verdicts, within: () => document.body });
  if (error !== null && alert === undefined) {
    return <ErrorState title="The alert could not be loaded" error={error} onRetry={() => void refetch()} />;
  }
  if (alert === undefined) return <SkeletonRows />;
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <SeverityBadge level={alert.severity} />
        <h2>
          <HostileText text={alert.title} />
        </h2>
      </header>
      {verdicts.error !== null && (
        <ErrorState compact title="The verdict was not recorded" error={verdicts.error} />
      )}
      <AlertDetail alert={alert} triage={triage} verdicts={verdicts} />
    </div>
  );
}
