import { Button } from '@mantine/core';
import { CircleAlert, RotateCw } from 'lucide-react';
import { asApiError, whatToDo } from '../api/api-error.ts';
import { classNames } from './class-names.ts';
import { CopyButton } from './CopyButton.tsx';
import styles from './states.module.css';

export interface ErrorStateProps {
  /** What failed: "Events could not be loaded". */
  readonly title: string;
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly compact?: boolean;
}

/** What failed, what to do, and the request id for whoever reads the log. */
export function ErrorState({ title, error, onRetry, compact = false }: ErrorStateProps) {
  const known = asApiError(error);
  const details = [title, known.message, `code ${known.code}`, `request ${known.requestId ?? 'none'}`].join(
    '\n',
  );
  return (
    <div className={classNames(styles.state, styles.error, compact && styles.compact)} role="alert">
      <p className={styles.title}>
        <CircleAlert aria-hidden="true" />
        {title}
      </p>
      <p className={styles.text}>
        {known.message} {whatToDo(known)}
      </p>
      <div className={styles.actions}>
        {onRetry !== undefined && (
          <Button leftSection={<RotateCw aria-hidden="true" />} onClick={onRetry}>
            Try again
          </Button>
        )}
        <CopyButton value={details} label="Copy details" withLabel />
      </div>
      {known.requestId !== null && <p className={styles.request}>request {known.requestId}</p>}
    </div>
  );
}
