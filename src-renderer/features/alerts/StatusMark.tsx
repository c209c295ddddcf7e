import { Circle, CircleCheck, CircleDot } from 'lucide-react';
import type { AlertStatus } from '#shared/model/alert.ts';
import styles from './StatusMark.module.css';
import { STATUS_WORDS } from './status-words.ts';

const ICONS = { new: Circle, in_progress: CircleDot, closed: CircleCheck } as const;

/** Status as shape and word. */
export function StatusMark({ status }: { readonly status: AlertStatus }) {
  const Icon = ICONS[status];
  return (
    <span className={styles.mark} data-status={status}>
      <Icon aria-hidden="true" />
      {STATUS_WORDS[status]}
    </span>
  );
}
