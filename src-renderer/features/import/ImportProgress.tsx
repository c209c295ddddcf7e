import { Button } from '@mantine/core';
import type { ImportWire } from '#shared/contract/imports.ts';
import { useApiMutation } from '../../api/queries.ts';
import { formatPercent } from '../../lib/numbers.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { progressText } from './import-words.ts';
import styles from './ImportDetail.module.css';

/** A running import: how far, how fast, which file, and a way to stop it. */
export function ImportProgress({ running }: { readonly running: ImportWire }) {
  const { progress } = running;
  const cancel = useApiMutation('cancelImport', { invalidates: ['getImport', 'listImports'] });
  return (
    <div className={styles.progress}>
      <progress
        className={styles.bar}
        aria-label="Read so far"
        max={Math.max(1, progress?.bytes_total ?? 1)}
        value={progress?.bytes_done ?? 0}
      />
      <div className={styles.progressLine}>
        <span>
          {progress === null || progress.bytes_total === 0
            ? 'Looking at what there is'
            : `${formatPercent(progress.bytes_done, progress.bytes_total)} · ${progressText(progress)}`}
        </span>
        <Button
          disabled={cancel.isPending}
          onClick={() => cancel.mutate({ params: { import_id: running.id } })}
        >
          Cancel import
        </Button>
      </div>
      {progress !== null && progress.current_file !== '' && (
        <p className={styles.current}>
          <HostileText text={progress.current_file} maxLength={100} />
        </p>
      )}
      {cancel.error !== null && (
        <ErrorState compact title="The import could not be cancelled" error={cancel.error} />
      )}
    </div>
  );
}
