import { Link } from '@tanstack/react-router';
import { useApi } from '../../../api/queries.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { scheduledRulesLink } from '../../../workbench/links.ts';

/** How many saved queries there are, leading to them; they are rules of another kind, with a list of their own. */
export function ScheduledCount() {
  const { data } = useApi('detectionMetrics', {});
  if (data === undefined) return null;
  return <Link {...scheduledRulesLink()}>{formatNoun(data.total_rules, 'scheduled rule')}</Link>;
}
