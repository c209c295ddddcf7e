import { useState } from 'react';
import { useApi } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { useSearchParams } from '../../../workbench/search-params.ts';
import { RuleEditor } from './RuleEditor.tsx';
import { RULE_TEMPLATE, withNewId } from './rule-template.ts';

/** A new rule, from a template or from the text of another rule (`from` in the address). */
export function NewRulePage() {
  const { from } = useSearchParams();
  const { data, error, refetch } = useApi(
    'getRule',
    { params: { rule_id: from ?? 'none' } },
    { enabled: from !== undefined },
  );
  if (from === undefined) return <NewRule template={RULE_TEMPLATE} />;
  if (error !== null) {
    return <ErrorState title="The rule could not be loaded" error={error} onRetry={() => void refetch()} />;
  }
  return data === undefined ? <SkeletonRows /> : <NewRule key={from} template={data.yaml_source} />;
}

function NewRule({ template }: { readonly template: string }) {
  const [source] = useState(() => withNewId(template, crypto.randomUUID()));
  return <RuleEditor source={source} rule={null} />;
}
