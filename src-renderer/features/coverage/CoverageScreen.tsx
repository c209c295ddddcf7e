import { useCallback, useMemo, useState } from 'react';
import { useApi } from '../../api/queries.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { useSearchParams, useSetSearch } from '../../workbench/search-params.ts';
import { CoverageBar } from './CoverageBar.tsx';
import { CoverageGrid } from './CoverageGrid.tsx';
import styles from './CoverageScreen.module.css';
import { matrixOf, type MatrixChoice } from './matrix.ts';
import { NothingCovered } from './NothingCovered.tsx';
import { TechniqueFlyout } from './TechniqueFlyout.tsx';

/** The route is limited to ten calls a minute; changes of rules mark the answer stale by themselves. */
const STALE_MS = 60_000;

/** ATT&CK as a grid: which techniques have rules, and which of those have fired. */
export function CoverageScreen() {
  const params = useSearchParams();
  const setSearch = useSetSearch();
  const { data, error, refetch } = useApi('attackCoverage', {}, { staleMs: STALE_MS });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const choice = useMemo(
    (): MatrixChoice => ({
      mode: params.mode === 'fired' ? 'fired' : 'rules',
      text: params.q ?? '',
      onlyCovered: params.covered === 'true',
      allOpen: params.subs === 'true',
      open,
    }),
    [params, open],
  );
  const columns = useMemo(() => (data === undefined ? [] : matrixOf(data, choice)), [data, choice]);
  const setText = useCallback((q: string) => setSearch({ q }, { replace: true }), [setSearch]);
  if (error !== null && data === undefined) {
    return (
      <ErrorState title="The coverage could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  }
  if (data === undefined) return <SkeletonRows rows={20} />;
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  return (
    <div className={styles.screen}>
      <CoverageBar coverage={data} choice={choice} onText={setText} onChange={setSearch} />
      <div className={styles.lower}>
        <div className={styles.scroll}>
          {columns.every(({ rows }) => rows.length === 0) ? (
            <NothingCovered
              choice={choice}
              onClear={() => setSearch({ q: undefined, covered: undefined, mode: undefined })}
            />
          ) : (
            <CoverageGrid
              columns={columns}
              mode={choice.mode}
              openTechnique={params.technique}
              onOpen={(technique) => setSearch({ technique })}
              onToggle={toggle}
            />
          )}
        </div>
        {params.technique !== undefined && (
          <TechniqueFlyout
            technique={params.technique}
            coverage={data}
            onOpen={(technique) => setSearch({ technique })}
            onClose={() => setSearch({ technique: undefined })}
          />
        )}
      </div>
    </div>
  );
}
