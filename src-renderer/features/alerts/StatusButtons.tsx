import { Button } from '@mantine/core';
import type { AlertWire } from '#shared/contract/alerts.ts';
import { KeyCaps } from '../../ui/KeyCaps.tsx';
import { StatusMark } from './StatusMark.tsx';
import styles from './AlertDetail.module.css';
import type { Triage } from './use-triage.ts';

interface StatusButtonsProps {
  readonly alert: AlertWire;
  readonly triage: Triage;
}

/** What the status is and what it can become. */
export function StatusButtons({ alert, triage }: StatusButtonsProps) {
  return (
    <div className={styles.status}>
      <StatusMark status={alert.status} />
      <span className={styles.grow} />
      {alert.status === 'new' && (
        <Button rightSection={<KeyCaps keys="i" />} onClick={() => triage.setStatus(alert, 'in_progress')}>
          Start
        </Button>
      )}
      {alert.status !== 'closed' && (
        <Button rightSection={<KeyCaps keys="c" />} onClick={() => triage.setStatus(alert, 'closed')}>
          Close alert
        </Button>
      )}
      {alert.status !== 'new' && (
        <Button rightSection={<KeyCaps keys="o" />} onClick={() => triage.setStatus(alert, 'new')}>
          Reopen
        </Button>
      )}
    </div>
  );
}
