import { Tabs } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ImportWire } from '#shared/contract/imports.ts';
import { invalidateRoutes, useApi } from '../../api/queries.ts';
import { formatCount } from '../../lib/numbers.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { FileTable } from './FileTable.tsx';
import { ImportActions } from './ImportActions.tsx';
import { ImportFacts } from './ImportFacts.tsx';
import { importName, isActive, STATE_WORDS } from './import-words.ts';
import styles from './ImportDetail.module.css';
import { ImportProgress } from './ImportProgress.tsx';
import { RejectTable } from './RejectTable.tsx';

/** Twice a second is enough to follow a bar, and half of what the API allows. */
const POLL_MS = 500;

/** What an import that has ended may have changed on other screens. */
const CHANGED_BY_IMPORT = [
  'listImports',
  'stats',
  'listEvents',
  'eventHistogram',
  'eventValues',
  'listAlerts',
  'listRules',
  'attackCoverage',
] as const;

/** One import: its progress while it runs, then its report (IMP-3, IMP-4). */
export function ImportDetail({ id }: { readonly id: string }) {
  const client = useQueryClient();
  // The same answer twice: the first read decides how often the second one asks again.
  const first = useApi('getImport', { params: { import_id: id } });
  const active = first.data !== undefined && isActive(first.data);
  const { data, error, refetch } = useApi(
    'getImport',
    { params: { import_id: id } },
    active ? { refetchIntervalMs: POLL_MS } : {},
  );
  const state = data?.state;
  useEffect(() => {
    if (state !== undefined && state !== 'queued' && state !== 'running') {
      void invalidateRoutes(client, CHANGED_BY_IMPORT);
    }
  }, [client, state]);
  if (error !== null && data === undefined) {
    return <ErrorState title="The import could not be loaded" error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <SkeletonRows />;
  return <Report report={data} />;
}

function Report({ report: data }: { readonly report: ImportWire }) {
  const rejected = Object.values(data.report.rejected).reduce((sum, count) => sum + count, 0);
  return (
    <article className={styles.detail} aria-label="Import report">
      <header className={styles.header}>
        <h2>
          <HostileText text={importName(data)} maxLength={80} />
        </h2>
        <span className={styles.state} data-state={data.state}>
          {STATE_WORDS[data.state]}
        </span>
      </header>
      {data.reason !== null && (
        <p className={styles.reason}>
          <HostileText text={data.reason} />
        </p>
      )}
      {isActive(data) ? <ImportProgress running={data} /> : <ImportFacts report={data} />}
      <ImportActions report={data} />
      {!isActive(data) && (
        <Tabs defaultValue="files" keepMounted={false} className={styles.tabs ?? ''}>
          <Tabs.List className={styles.tabList ?? ''}>
            <Tabs.Tab value="files">Files {formatCount(data.report.files.length)}</Tabs.Tab>
            <Tabs.Tab value="rejects">Not understood {formatCount(rejected)}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="files" className={styles.panel ?? ''}>
            <FileTable files={data.report.files} />
          </Tabs.Panel>
          <Tabs.Panel value="rejects" className={styles.panel ?? ''}>
            <RejectTable importId={data.id} reasons={data.report.rejected} />
          </Tabs.Panel>
        </Tabs>
      )}
    </article>
  );
}
