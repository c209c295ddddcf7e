import { useApi } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { useSearchParams } from '../../../workbench/search-params.ts';
import { RuleEditor } from './RuleEditor.tsx';
import { RULE_TEMPLATE } from './rule-template.ts';

/** A new rule, from a template or from the text of another rule (`from` in the address). */
export function NewRulePage() {
  const { from } = useSearchParams();
  const { data, error, refetch } = useApi(
    'getRule',
    { params: { rule_id: from ?? 'none' } },
    { enabled: from !== undefined },
  );
  if (from === undefined) return <RuleEditor source={RULE_TEMPLATE} />;
  if (error !== null) {
    return <ErrorState title="The rule could not be loaded" error={error} onRetry={() => void refetch()} />;
  }
  return data === undefined ? <SkeletonRows /> : <RuleEditor source={data.yaml_source} />;
}
