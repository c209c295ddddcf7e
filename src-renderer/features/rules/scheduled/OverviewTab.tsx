import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import { useApiMutation } from '../../../api/queries.ts';
import { toast } from '../../../ui/toast.ts';
import { RunNow } from './RunNow.tsx';
import { ScheduledForm } from './ScheduledForm.tsx';
import { SCHEDULED_READERS } from './use-scheduled.ts';

/** What the rule asks, editable; and what it finds now. */
export function OverviewTab({ rule }: { readonly rule: DetectionRuleWire }) {
  const save = useApiMutation('patchDetectionRule', { invalidates: SCHEDULED_READERS });
  return (
    <>
      <RunNow rule={rule} />
      <ScheduledForm
        key={rule.updated_at}
        rule={rule}
        action="Save"
        isBusy={save.isPending}
        error={save.error}
        onSave={(body) =>
          save.mutate(
            { params: { rule_id: rule.id }, body },
            { onSuccess: () => toast(`Saved: ${body.name}`) },
          )
        }
      />
    </>
  );
}
