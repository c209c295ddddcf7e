import type { RequestOf } from '#shared/contract/client.ts';
import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import { useApi, useApiMutation } from '../../../api/queries.ts';
import { toastWithUndo } from '../../../ui/toast.ts';

/** More saved queries than this would keep the core searching all day. */
const ALL_SCHEDULED = { query: { limit: 500 } } as const;

/** A run by the clock changes last and next run while somebody looks. */
const REFRESH_MS = 15_000;

/** What must be asked for again when a rule changed. */
export const SCHEDULED_READERS = ['listDetectionRules', 'detectionMetrics', 'attackCoverage'] as const;

/** What must be asked for again when a rule ran, or what it raises changed. */
export const RUN_READERS = [...SCHEDULED_READERS, 'listDetectionRuns', 'listSuppressions'] as const;

type ScheduledChange = NonNullable<RequestOf<'patchDetectionRule'>['body']>;

export function useScheduledRules() {
  return useApi('listDetectionRules', ALL_SCHEDULED, { keepPrevious: true, refetchIntervalMs: REFRESH_MS });
}

export interface ScheduledChanges {
  readonly change: (rule: DetectionRuleWire, body: ScheduledChange) => void;
  /** Switches with a way back. */
  readonly setEnabled: (rule: DetectionRuleWire, enabled: boolean) => void;
  readonly error: Error | null;
}

export function useScheduledChanges(): ScheduledChanges {
  const { mutate, error } = useApiMutation('patchDetectionRule', { invalidates: SCHEDULED_READERS });
  const change: ScheduledChanges['change'] = (rule, body) => mutate({ params: { rule_id: rule.id }, body });
  return {
    error,
    change,
    setEnabled: (rule, enabled) => {
      change(rule, { enabled });
      toastWithUndo(`${enabled ? 'Enabled' : 'Disabled'}: ${rule.name}`, () =>
        change(rule, { enabled: !enabled }),
      );
    },
  };
}
