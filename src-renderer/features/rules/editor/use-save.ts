import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { ApiError } from '../../../api/api-error.ts';
import { callApi } from '../../../api/client.ts';
import { invalidateRoutes, queryClient } from '../../../api/queries.ts';
import { toast } from '../../../ui/toast.ts';
import { ruleLink } from '../../../workbench/links.ts';
import type { RuleCase } from '../cases/rule-case.ts';
import { RULE_TEXT_READERS } from '../use-rules.ts';

interface SaveRequest {
  readonly yaml: string;
  readonly reason: string;
  /** Own cases when they were changed here. */
  readonly cases: readonly RuleCase[] | null;
  /** Version that the text was made from; null for a new rule. */
  readonly baseVersion: number | null;
}

export interface SaveRule {
  readonly save: (request: SaveRequest) => void;
  readonly isSaving: boolean;
  readonly error: Error | null;
  /** The rule as somebody else saved it meanwhile. */
  readonly conflict: RuleDetailWire | null;
  readonly clearConflict: () => void;
  /** True from a success on: leaving is then no loss. */
  readonly isSaved: () => boolean;
}

/** Saves a new rule (`ruleId` null) or a new version of one, with its cases, and goes to it. */
export function useSave(ruleId: string | null): SaveRule {
  const navigate = useNavigate();
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [conflict, setConflict] = useState<RuleDetailWire | null>(null);
  const saved = useRef(false);

  async function send(request: SaveRequest): Promise<void> {
    const id = await write(ruleId, request);
    if (request.cases !== null) {
      await callApi('putRuleCases', { params: { rule_id: id }, body: { cases: [...request.cases] } });
    }
    saved.current = true;
    await invalidateRoutes(queryClient, RULE_TEXT_READERS);
    toast('Rule saved. It looks at every event from now on.');
    await navigate(ruleLink(id));
  }

  async function explain(reason: unknown): Promise<void> {
    if (ruleId !== null && reason instanceof ApiError && reason.status === 409) {
      setConflict(await callApi('getRule', { params: { rule_id: ruleId } }));
    }
    setError(reason instanceof Error ? reason : new Error(String(reason)));
  }

  return {
    isSaving,
    error,
    conflict,
    clearConflict: () => {
      setConflict(null);
      setError(null);
    },
    isSaved: () => saved.current,
    save: (request) => {
      setSaving(true);
      setError(null);
      void send(request)
        .catch(explain)
        .catch((reason: unknown) => setError(reason instanceof Error ? reason : new Error(String(reason))))
        .finally(() => setSaving(false));
    },
  };
}

async function write(ruleId: string | null, { yaml, reason, baseVersion }: SaveRequest): Promise<string> {
  if (ruleId === null) {
    const answer = await callApi('createRule', { body: { yaml, reason } });
    if (answer.rule_id === null) throw new Error('The core saved the rule without an id.');
    return answer.rule_id;
  }
  const body = { yaml, reason, ...(baseVersion !== null && { base_version: baseVersion }) };
  return (await callApi('updateRule', { params: { rule_id: ruleId }, body })).id;
}
