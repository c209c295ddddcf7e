import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RuleWire } from '#shared/contract/sigma.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { StatusLine } from '../../../ui/StatusLine.tsx';
import { DataTable } from '../../../ui/table/DataTable.tsx';
import { arraySource } from '../../../ui/table/row-source.ts';
import { FIRST_CELL } from '../../../ui/table/table-props.ts';
import { TimeText } from '../../../ui/TimeText.tsx';
import { ruleLink } from '../../../workbench/links.ts';
import { useSearchParams, useSetSearch } from '../../../workbench/search-params.ts';
import { RuleFlyout } from '../detail/RuleFlyout.tsx';
import { useRuleChanges, useRules } from '../use-rules.ts';
import { EngineLine } from './EngineLine.tsx';
import { NoRules } from './NoRules.tsx';
import { ProblemsFlyout } from './ProblemsFlyout.tsx';
import { ruleColumns } from './rule-columns.tsx';
import { RuleFilters } from './RuleFilters.tsx';
import styles from './RulesScreen.module.css';
import { SelectedRules } from './SelectedRules.tsx';
import { useActivity } from './use-activity.ts';
import { useListCommands } from './use-list-commands.ts';
import { NO_FILTERS, useRulesView } from './use-rules-view.ts';

/** Every loaded rule: filter, switch on and off, read, and see what was not loaded. */
export function RulesScreen() {
  const params = useSearchParams();
  const setSearch = useSetSearch();
  const navigate = useNavigate();
  const [position, setPosition] = useState(FIRST_CELL);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const screen = useRef<HTMLDivElement>(null);
  const { data, error, refetch } = useRules();
  const changes = useRuleChanges();
  const rules = data?.items;
  const { filter, filterKey, sort, setSort, shown } = useRulesView(rules);
  useEffect(() => setPosition(FIRST_CELL), [filterKey, sort]);
  const { setEnabled } = changes;
  const activity = useActivity(newestFire(rules));
  const columns = useMemo(
    () => ruleColumns({ onToggle: setEnabled, activity }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what it calls is the same whichever render made it
    [activity],
  );

  const open = (id: string | undefined, replace = false) =>
    setSearch({ rule: id, problems: undefined }, { replace });
  const showProblems = () => setSearch({ problems: 'shown', rule: undefined });
  const moveTo = (next: typeof position) => {
    setPosition(next);
    const rule = shown?.[next.row];
    if (params.rule !== undefined && rule !== undefined && rule.id !== params.rule) open(rule.id, true);
  };
  const setText = useCallback((q: string) => setSearch({ q }, { replace: true }), [setSearch]);
  useListCommands({ screen, current: () => shown?.[position.row], setEnabled });
  const rejected = data?.rejected ?? [];
  return (
    <div ref={screen} className={styles.screen}>
      <EngineLine
        problemFiles={new Set(rejected.map(({ file }) => file)).size}
        onShowProblems={showProblems}
        onShowNeverMatches={() => setSearch({ ...NO_FILTERS, matches: 'never' })}
      />
      <RuleFilters
        filter={filter}
        rules={rules}
        onChange={(change) => setSearch({ ...change })}
        onText={setText}
        onApply={(search) => setSearch({ ...NO_FILTERS, ...search })}
      />
      {changes.error !== null && (
        <ErrorState compact title="The rule could not be changed" error={changes.error} />
      )}
      <div className={styles.lower}>
        <div className={styles.list}>
          <DataTable
            id="rules"
            label="Rules"
            columns={columns}
            source={arraySource(shown, { error, retry: () => void refetch() })}
            rowId={(rule) => rule.id}
            position={position}
            onPosition={moveTo}
            openId={params.rule}
            onOpen={(rule) => open(rule.id)}
            onOpenPage={(rule) => void navigate(ruleLink(rule.id))}
            selection={selection}
            onSelection={setSelection}
            onSelectAll={() => setSelection(new Set(shown?.map(({ id }) => id)))}
            sort={sort}
            onSort={setSort}
            empty={
              <NoRules
                total={rules?.length ?? 0}
                rejectedCount={rejected.length}
                onShowProblems={showProblems}
                onClear={() => setSearch(NO_FILTERS)}
              />
            }
            errorTitle="Rules could not be loaded"
            autoFocus
          />
        </div>
        {params.problems !== undefined ? (
          <ProblemsFlyout problems={rejected} onClose={() => setSearch({ problems: undefined })} />
        ) : (
          params.rule !== undefined && (
            <RuleFlyout id={params.rule} changes={changes} onClose={() => open(undefined)} />
          )
        )}
      </div>
      <SelectedRules
        rules={rules}
        shown={shown}
        selection={selection}
        onClear={() => setSelection(new Set())}
      />
      <StatusLine row={position.row} count={shown?.length ?? 0} countIsExact={data?.has_more !== true}>
        {rules !== undefined && shown !== undefined && shown.length < rules.length && (
          <span>filtered from {formatNoun(rules.length, 'rule')}</span>
        )}
        {activity.until !== null && (
          <span>
            fires of one day until <TimeText time={activity.until} precision="minute" />
          </span>
        )}
      </StatusLine>
    </div>
  );
}

/** Null while nothing has fired, or nothing is loaded. */
function newestFire(rules: readonly RuleWire[] | undefined): string | null {
  return (
    rules?.reduce<string | null>(
      (newest, { last_fired_at: at }) => ((at ?? '') > (newest ?? '') ? at : newest),
      null,
    ) ?? null
  );
}
