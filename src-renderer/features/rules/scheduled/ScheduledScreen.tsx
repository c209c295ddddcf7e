import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useApi } from '../../../api/queries.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { FilterBar } from '../../../ui/FilterBar.tsx';
import { FilterMenu } from '../../../ui/FilterMenu.tsx';
import { FilterText } from '../../../ui/FilterText.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { StatusLine } from '../../../ui/StatusLine.tsx';
import { DataTable } from '../../../ui/table/DataTable.tsx';
import { arraySource } from '../../../ui/table/row-source.ts';
import { FIRST_CELL } from '../../../ui/table/table-props.ts';
import { newScheduledLink, scheduledLink } from '../../../workbench/links.ts';
import { useSearchParams, useSetSearch } from '../../../workbench/search-params.ts';
import { KIND_OPTIONS, SCHEDULED_KIND } from '../list/filter-options.ts';
import { scheduledColumns } from './scheduled-columns.tsx';
import styles from './scheduled.module.css';
import { useScheduledChanges, useScheduledRules } from './use-scheduled.ts';

/** The rules of kind "scheduled": saved queries that run on demand or by the clock. */
export function ScheduledScreen() {
  const { q = '' } = useSearchParams();
  const setSearch = useSetSearch();
  const navigate = useNavigate();
  const [position, setPosition] = useState(FIRST_CELL);
  const { data, error, refetch } = useScheduledRules();
  const { setEnabled, error: changeError } = useScheduledChanges();
  const columns = useMemo(
    () => scheduledColumns(setEnabled),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what it calls is the same whichever render made it
    [],
  );
  const setText = useCallback((text: string) => setSearch({ q: text }, { replace: true }), [setSearch]);
  const shown = data?.items.filter((rule) =>
    [rule.name, rule.query, rule.id, ...rule.tags].some((text) =>
      text.toLowerCase().includes(q.toLowerCase()),
    ),
  );
  return (
    <div className={styles.screen}>
      <Metrics />
      <FilterBar
        end={
          <LinkButton link={newScheduledLink()} primary>
            New scheduled rule
          </LinkButton>
        }
      >
        <FilterText label="Filter rules" placeholder="Name, query, tag or id" value={q} onChange={setText} />
        <FilterMenu
          label="Kind"
          options={KIND_OPTIONS}
          values={[SCHEDULED_KIND]}
          onChange={([kind]) => setSearch({ kind, q: undefined })}
        />
      </FilterBar>
      {changeError !== null && (
        <ErrorState compact title="The rule could not be changed" error={changeError} />
      )}
      <div className={styles.list}>
        <DataTable
          id="scheduled-rules"
          label="Rules"
          columns={columns}
          source={arraySource(shown, { error, retry: () => void refetch() })}
          rowId={(rule) => rule.id}
          position={position}
          onPosition={setPosition}
          onOpen={(rule) => void navigate(scheduledLink(rule.id))}
          onOpenPage={(rule) => void navigate(scheduledLink(rule.id))}
          empty={
            <EmptyState
              cause={q === '' ? 'not-configured' : 'filtered-out'}
              title={q === '' ? 'No query is saved as a rule' : 'No rule is called so'}
              actions={<LinkButton link={newScheduledLink()}>New scheduled rule</LinkButton>}
            >
              A scheduled rule searches what came in since its last run; its matches become alerts.
            </EmptyState>
          }
          errorTitle="Rules could not be loaded"
          autoFocus
        />
      </div>
      <StatusLine row={position.row} count={shown?.length ?? 0} countIsExact={data?.has_more !== true} />
    </div>
  );
}

function Metrics() {
  const { data } = useApi('detectionMetrics', {});
  if (data === undefined) return <p className={styles.metrics} aria-hidden="true" />;
  return (
    <p className={styles.metrics}>
      <span>
        <b>{data.scheduled_rules}</b> of {formatNoun(data.total_rules, 'rule')} by the clock
      </span>
      <span>
        24 h: {formatNoun(data.runs_24h, 'run')}, {formatNoun(data.matches_24h, 'match', 'matches')},{' '}
        {data.suppressed_24h} suppressed
      </span>
      {data.noisiest_rules[0] !== undefined && (
        <span>
          Noisiest: <HostileText text={data.noisiest_rules[0].name} maxLength={60} /> (
          {formatNoun(data.noisiest_rules[0].false_positives, 'false positive')})
        </span>
      )}
    </p>
  );
}
