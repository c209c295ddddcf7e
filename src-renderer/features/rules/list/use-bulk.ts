import type { RuleWire } from '#shared/contract/sigma.ts';
import type { Level } from '#shared/model/severity.ts';
import { useApiMutation } from '../../../api/queries.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { toastWithUndo } from '../../../ui/toast.ts';

export interface BulkChanges {
  readonly setEnabled: (ids: readonly string[], enabled: boolean) => void;
  /** Null gives each rule its own level back. */
  readonly setLevel: (ids: readonly string[], level: Level | null) => void;
  readonly isBusy: boolean;
  readonly error: Error | null;
}

/** Changes of many rules: all or none, one request, and a way back for those that were really changed. */
export function useBulk(rules: readonly RuleWire[] | undefined): BulkChanges {
  const change = useApiMutation('changeRules', {
    invalidates: ['listRules', 'getRule', 'attackCoverage', 'getEngine'],
  });
  return {
    isBusy: change.isPending,
    error: change.error,
    setEnabled: (ids, enabled) =>
      change.mutate(
        { body: { ids: [...ids], enabled } },
        {
          onSuccess: ({ rule_ids: changed }) =>
            toastWithUndo(`${enabled ? 'Enabled' : 'Disabled'} ${formatNoun(changed.length, 'rule')}`, () => {
              if (changed.length > 0) change.mutate({ body: { ids: changed, enabled: !enabled } });
            }),
        },
      ),
    setLevel: (ids, level) => {
      const before = new Map(rules?.map((rule) => [rule.id, rule.level_override]));
      change.mutate(
        { body: { ids: [...ids], level } },
        {
          onSuccess: ({ rule_ids: changed }) =>
            toastWithUndo(`${wordsOf(level)}: ${formatNoun(changed.length, 'rule')}`, () => {
              for (const [old, group] of Map.groupBy(changed, (id) => before.get(id) ?? null)) {
                change.mutate({ body: { ids: group, level: old } });
              }
            }),
        },
      );
    },
  };
}

function wordsOf(level: Level | null): string {
  return level === null ? 'Level of each rule' : `Level ${level}`;
}
