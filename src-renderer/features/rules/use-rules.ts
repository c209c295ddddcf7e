import { useQueryClient } from '@tanstack/react-query';
import type { RequestOf, ResponseOf } from '#shared/contract/client.ts';
import type { RuleWire } from '#shared/contract/sigma.ts';
import { useApi, useApiMutation } from '../../api/queries.ts';
import { toastWithUndo } from '../../ui/toast.ts';

/** The most that the API gives at once; the largest public collection has about 4,000. */
const ALL_RULES = { query: { limit: 5000 } } as const;
const RULES_STALE_MS = 30_000;

/** What must be asked for again when the text of a rule changed. */
export const RULE_TEXT_READERS = [
  'listRules',
  'getRule',
  'ruleVersions',
  'getRuleCases',
  'attackCoverage',
  'getEngine',
  'stats',
] as const;

type RuleChange = NonNullable<RequestOf<'patchRule'>['body']>;

export function useRules() {
  return useApi('listRules', ALL_RULES, { staleMs: RULES_STALE_MS, keepPrevious: true });
}

export interface RuleChanges {
  readonly setEnabled: (rule: RuleWire, enabled: boolean) => void;
  /** Null gives the rule its own level back. */
  readonly setLevel: (rule: RuleWire, level: RuleWire['level_override']) => void;
  readonly error: Error | null;
}

/** Changes of a rule, each with a way back. The list takes the core's answer without loading again. */
export function useRuleChanges(): RuleChanges {
  const client = useQueryClient();
  const { mutate, error } = useApiMutation('patchRule', {
    invalidates: ['getRule', 'ruleVersions', 'attackCoverage', 'getEngine'],
  });
  const send = (rule: RuleWire, body: RuleChange) =>
    mutate(
      { params: { rule_id: rule.id }, body },
      {
        onSuccess: (answer) =>
          client.setQueryData<ResponseOf<'listRules'>>(['listRules', ALL_RULES], (list) =>
            list === undefined
              ? list
              : { ...list, items: list.items.map((one) => (one.id === answer.id ? answer : one)) },
          ),
      },
    );
  return {
    error,
    setEnabled: (rule, enabled) => {
      send(rule, { enabled });
      toastWithUndo(`${enabled ? 'Enabled' : 'Disabled'}: ${rule.title}`, () =>
        send(rule, { enabled: !enabled }),
      );
    },
    setLevel: (rule, level) => {
      send(rule, { level });
      toastWithUndo(level === null ? `Own level of ${rule.title}` : `Level ${level}: ${rule.title}`, () =>
        send(rule, { level: rule.level_override }),
      );
    },
  };
}
