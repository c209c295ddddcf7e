import { useState, type DragEvent } from 'react';
import { useApi } from '../../api/queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { useSearchParams, useSetSearch } from '../../workbench/search-params.ts';
import { AddEvidence } from './AddEvidence.tsx';
import { ImportDetail } from './ImportDetail.tsx';
import { isActive } from './import-words.ts';
import { ImportList } from './ImportList.tsx';
import styles from './ImportScreen.module.css';
import { useIntake } from './use-intake.ts';

/** The most that one answer holds; older imports are in the log of the case. */
const SHOWN_IMPORTS = 200;
/** Lists are limited to 60 calls a minute; what runs is asked for on its own, more often. */
const LIST_POLL_MS = 3000;

/** Evidence comes in on the left; on the right is what became of it. */
export function ImportScreen() {
  const params = useSearchParams();
  const setSearch = useSetSearch();
  const show = (importId: string) => setSearch({ import: importId }, { replace: true });
  const intake = useIntake(show);
  const [isOver, setOver] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { data, error, refetch } = useApi(
    'listImports',
    { query: { limit: SHOWN_IMPORTS } },
    { keepPrevious: true, ...(isBusy && { refetchIntervalMs: LIST_POLL_MS }) },
  );
  const busyNow = data?.items.some(isActive) ?? false;
  if (busyNow !== isBusy) setBusy(busyNow);
  const shownId = params.import ?? data?.items[0]?.id;

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    intake.addFiles([...event.dataTransfer.files]);
  };
  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div
      className={styles.screen}
      onDrop={onDrop}
      onDragOver={onDragOver}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target) setOver(false);
      }}
    >
      <div className={styles.left}>
        <AddEvidence intake={intake} isOver={isOver} />
        <section className={styles.past} aria-label="Imports">
          {error !== null && data === undefined && (
            <ErrorState
              compact
              title="Imports could not be loaded"
              error={error}
              onRetry={() => void refetch()}
            />
          )}
          {error === null && data === undefined && <SkeletonRows rows={5} />}
          {data !== undefined && <ImportList imports={data.items} shownId={shownId} onShow={show} />}
        </section>
      </div>
      <div className={styles.right}>
        {shownId !== undefined && <ImportDetail key={shownId} id={shownId} />}
        {shownId === undefined && data !== undefined && (
          <EmptyState cause="no-data" title="Nothing was imported yet">
            Drop a file, give a path, or open the sample case: an invented incident of 36 hours on Windows and
            Linux. The report of every import stays here.
          </EmptyState>
        )}
      </div>
    </div>
  );
}
