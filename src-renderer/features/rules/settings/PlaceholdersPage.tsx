import { useState } from 'react';
import { useApi } from '../../../api/queries.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { useSearchParams, useSetSearch } from '../../../workbench/search-params.ts';
import { NewName } from './NewName.tsx';
import { PlaceholderEditor } from './PlaceholderEditor.tsx';
import styles from './RuleSettings.module.css';

/** Value lists for `%name%` in rules: which there are, which are missing, and their values. */
export function PlaceholdersPage() {
  const { name } = useSearchParams();
  const setSearch = useSetSearch();
  const [added, setAdded] = useState<string | null>(null);
  const { data, error, refetch } = useApi('listPlaceholders', {});
  if (error !== null) {
    return (
      <ErrorState title="The value lists could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  }
  if (data === undefined) return <SkeletonRows />;
  const shown = name ?? data.items[0]?.name;
  const placeholder = data.items.find((one) => one.name === shown);
  const open = (next: string) => setSearch({ name: next }, { replace: true });
  return (
    <div className={styles.screen}>
      <section className={styles.left} aria-label="Value lists">
        <header className={styles.leftHeader}>
          <h2>Value lists</h2>
          <NewName
            label="Name of the new list"
            action="New list"
            pattern={/^[^%\s]{1,100}$/}
            hint="No spaces and no percent signs"
            onDone={(next) => {
              setAdded(next);
              open(next);
            }}
          />
        </header>
        <ul className={styles.items}>
          {data.items.map((one) => (
            <li key={one.name}>
              <button
                type="button"
                className={styles.item}
                aria-current={one.name === shown}
                onClick={() => open(one.name)}
              >
                <span className={styles.itemName}>
                  <HostileText text={`%${one.name}%`} />
                </span>
                {one.values.length === 0 && one.rules > 0 ? (
                  <span className={styles.missing}>{formatNoun(one.rules, 'rule')} rejected</span>
                ) : (
                  <span className={styles.quiet}>
                    {one.values.length === 0 ? 'empty' : formatNoun(one.values.length, 'value')}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.right} aria-label="Values">
        {shown !== undefined && (placeholder !== undefined || shown === added) ? (
          <PlaceholderEditor key={shown} name={shown} placeholder={placeholder} />
        ) : (
          <EmptyState cause="no-data" title="There is no such value list">
            A value list gives a placeholder such as %Administrators% its values. Rules that use one without
            values are rejected.
          </EmptyState>
        )}
      </section>
    </div>
  );
}
