import { useSearchParams } from '../../../workbench/search-params.ts';
import { ScheduledScreen } from '../scheduled/ScheduledScreen.tsx';
import { SCHEDULED_KIND } from './filter-options.ts';
import { RulesScreen } from './RulesScreen.tsx';

/** The rules of one screen: those that run on every event, or the saved queries, whose columns are others. */
export function RulesRoute() {
  const { kind } = useSearchParams();
  return kind === SCHEDULED_KIND ? <ScheduledScreen /> : <RulesScreen />;
}
