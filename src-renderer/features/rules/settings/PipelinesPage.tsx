import { useState } from 'react';
import { useApi } from '../../../api/queries.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { useSearchParams, useSetSearch } from '../../../workbench/search-params.ts';
import { NewName } from './NewName.tsx';
import { PipelineEditor } from './PipelineEditor.tsx';
import styles from './RuleSettings.module.css';

/** Processing pipelines in the order in which they change rules. */
export function PipelinesPage() {
  const { name } = useSearchParams();
  const setSearch = useSetSearch();
  const [added, setAdded] = useState<string | null>(null);
  const { data, error, refetch } = useApi('listPipelines', {});
  if (error !== null) {
    return (
      <ErrorState title="The pipelines could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  }
  if (data === undefined) return <SkeletonRows />;
  const shown = name ?? data.items[0]?.name;
  const pipeline = data.items.find((one) => one.name === shown);
  const open = (next: string) => setSearch({ name: next }, { replace: true });
  return (
    <div className={styles.screen}>
      <section className={styles.left} aria-label="Pipelines">
        <header className={styles.leftHeader}>
          <h2>Pipelines</h2>
          <NewName
            label="Name of the new pipeline"
            action="New pipeline"
            pattern={/^.{1,100}$/}
            hint="A name for the list"
            onDone={(next) => {
              setAdded(next);
              open(next);
            }}
          />
        </header>
        <ol className={styles.items} aria-label="In the order in which they are applied">
          {data.items.map((one) => (
            <li key={one.name}>
              <button
                type="button"
                className={styles.item}
                aria-current={one.name === shown}
                onClick={() => open(one.name)}
              >
                <span className={styles.quiet}>{one.priority}</span>
                <span className={styles.itemName}>
                  <HostileText text={one.name} />
                </span>
                {one.problems.length > 0 && <span className={styles.missing}>problems</span>}
                <span className={styles.quiet}>{one.enabled ? 'on' : 'off'}</span>
              </button>
            </li>
          ))}
        </ol>
      </section>
      <section className={styles.right} aria-label="Pipeline">
        {shown !== undefined && (pipeline !== undefined || shown === added) ? (
          <PipelineEditor key={shown} name={shown} pipeline={pipeline} />
        ) : (
          <EmptyState cause="no-data" title="No pipelines yet">
            {`A pipeline in pySigma's format changes rules as they are loaded: it maps field names, adds conditions,
            changes log sources. Those of a lower priority come first.`}
          </EmptyState>
        )}
      </section>
    </div>
  );
}
