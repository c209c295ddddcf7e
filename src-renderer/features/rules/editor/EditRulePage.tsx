import { useParams } from '@tanstack/react-router';
import { useApi } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { RuleEditor } from './RuleEditor.tsx';

/** The text of a loaded rule, to be changed. */
export function EditRulePage() {
  // The router is made from contributed routes, so it cannot know the parameters of this one.
  const { id = '' }: { readonly id?: string } = useParams({ strict: false });
  const { data, error, refetch } = useApi('getRule', { params: { rule_id: id } });
  if (error !== null && data === undefined) {
    return <ErrorState title="The rule could not be loaded" error={error} onRetry={() => void refetch()} />;
  }
  return data === undefined ? (
    <SkeletonRows />
  ) : (
    <RuleEditor key={id} source={data.yaml_source} rule={data} />
  );
}
