import { useNavigate } from '@tanstack/react-router';
import { useApiMutation } from '../../../api/queries.ts';
import { scheduledLink } from '../../../workbench/links.ts';
import { useSearchParams } from '../../../workbench/search-params.ts';
import { ScheduledForm } from './ScheduledForm.tsx';
import styles from './scheduled.module.css';
import { SCHEDULED_READERS } from './use-scheduled.ts';

/** A new saved query; `q` in the address is its query, so that a search can become a rule. */
export function NewScheduledPage() {
  const navigate = useNavigate();
  const { q = '' } = useSearchParams();
  const create = useApiMutation('createDetectionRule', { invalidates: SCHEDULED_READERS });
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h2>New scheduled rule</h2>
      </header>
      <div className={styles.panel}>
        <ScheduledForm
          query={q}
          action="Create rule"
          isBusy={create.isPending}
          error={create.error}
          onSave={(body) =>
            create.mutate({ body }, { onSuccess: (rule) => void navigate(scheduledLink(rule.id)) })
          }
        />
      </div>
    </div>
  );
}
