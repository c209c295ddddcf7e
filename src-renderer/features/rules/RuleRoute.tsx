import { useParams } from '@tanstack/react-router';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { RulePage } from './detail/RulePage.tsx';
import { ScheduledPage } from './scheduled/ScheduledPage.tsx';
import { useScheduledRules } from './scheduled/use-scheduled.ts';

/** The page of a rule by its id alone: alerts and other screens know the id and need not know the kind. */
export function RuleRoute() {
  // The router is made from contributed routes, so it cannot know the parameters of this one.
  const { id }: { readonly id?: string } = useParams({ strict: false });
  const { data, error } = useScheduledRules();
  if (data === undefined && error === null) return <SkeletonRows />;
  return data?.items.some((rule) => rule.id === id) === true ? <ScheduledPage /> : <RulePage />;
}
