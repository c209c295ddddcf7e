import { useCallback, useMemo, useState } from 'react';
import { useApi } from '../../api/queries.ts';
import { formatTime } from '../../lib/time.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { useZone } from '../../workbench/preferences.ts';
import { useSearchParams, useSetSearch } from '../../workbench/search-params.ts';
import { faceOf } from './cell-face.ts';
import { choiceOf } from './coverage-choice.ts';
import { coverageSvg } from './coverage-svg.ts';
import { CoverageAge } from './CoverageAge.tsx';
import { CoverageBar } from './CoverageBar.tsx';
import { CoverageFacts } from './CoverageFacts.tsx';
import { CoverageGrid } from './CoverageGrid.tsx';
import styles from './CoverageScreen.module.css';
import { ExportMenu } from './ExportMenu.tsx';
import { matrixOf } from './matrix.ts';
import { NothingCovered } from './NothingCovered.tsx';
import { OverlayMenu } from './OverlayMenu.tsx';
import { summaryOf } from './summary.ts';
import { TechniqueFlyout } from './TechniqueFlyout.tsx';
import { useMarks } from './use-marks.ts';

/** The route is limited to ten calls a minute; changes of rules mark the answer stale by themselves. */
const STALE_MS = 60_000;

const WITHOUT_FILTERS = {
  q: undefined,
  covered: undefined,
  status: undefined,
  origin: undefined,
  kind: undefined,
  enabled: undefined,
};

/** ATT&CK as a grid: which techniques have rules, which have data, which fired, and which are missing. */
export function CoverageScreen() {
  const params = useSearchParams();
  const setSearch = useSetSearch();
  const zone = useZone();
  const { data, error, refetch } = useApi('attackCoverage', {}, { staleMs: STALE_MS });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const choice = useMemo(() => choiceOf(params, open), [params, open]);
  const { marks, error: marksError } = useMarks(data, choice);
  const columns = useMemo(
    () => (data === undefined ? [] : matrixOf(data, choice, marks)),
    [data, choice, marks],
  );
  const summary = useMemo(() => {
    const whole = { ...choice, text: '', onlyMarked: false, allOpen: true };
    return summaryOf(data === undefined ? [] : matrixOf(data, whole, marks), choice);
  }, [data, choice, marks]);
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
  const drawPicture = () =>
    coverageSvg(columns, {
      title: `ATT&CK ${data.attack_version} coverage: ${choice.mode}`,
      subtitle: `Rules mapped to a technique, not protection against it. ${formatTime(data.generated_at, zone, { precision: 'second' })}`,
      faceOf: (shown) => faceOf(shown, { ...choice, nowMs: Date.now() }),
    });
  return (
    <div className={styles.screen}>
      <CoverageBar
        coverage={data}
        choice={choice}
        onText={setText}
        onChange={setSearch}
        end={
          <>
            <OverlayMenu choice={choice} onChange={setSearch} />
            <ExportMenu choice={choice} drawPicture={drawPicture} />
          </>
        }
      />
      <CoverageFacts
        version={data.attack_version}
        choice={choice}
        summary={summary}
        age={<CoverageAge madeAt={data.generated_at} />}
      />
      {marksError !== null && (
        <ErrorState compact title="That cannot be laid over the grid" error={marksError} />
      )}
      <div className={styles.lower}>
        <div className={styles.scroll}>
          {columns.every(({ rows }) => rows.length === 0) ? (
            <NothingCovered choice={choice} onClear={() => setSearch(WITHOUT_FILTERS)} />
          ) : (
            <CoverageGrid
              columns={columns}
              choice={choice}
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
            marks={marks}
            onOpen={(technique) => setSearch({ technique })}
            onClose={() => setSearch({ technique: undefined })}
          />
        )}
      </div>
    </div>
  );
}
