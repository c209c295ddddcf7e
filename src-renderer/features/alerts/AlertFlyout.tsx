import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Maximize2 } from 'lucide-react';
import { useApi } from '../../api/queries.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Flyout } from '../../ui/Flyout.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { SeverityBadge } from '../../ui/Severity.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { alertLink } from '../../workbench/links.ts';
import { AlertDetail } from './AlertDetail.tsx';
import styles from './AlertFlyout.module.css';
import type { Triage } from './use-triage.ts';
import type { Verdicts } from './use-verdicts.ts';

interface AlertFlyoutProps {
  readonly id: string;
  readonly triage: Triage;
  readonly verdicts: Verdicts;
  readonly onClose: () => void;
}

/** One alert beside the queue. */
export function AlertFlyout({ id, triage, verdicts, onClose }: AlertFlyoutProps) {
  const { data, error, refetch } = useApi('getAlert', { params: { alert_id: id } }, { keepPrevious: true });
  const alert =
    data === undefined ? undefined : { ...data, status: triage.changed.get(data.id) ?? data.status };
  return (
    <Flyout
      kind="alert"
      label="Alert"
      onClose={onClose}
      title={
        alert !== undefined && (
          <span className={styles.title}>
            <SeverityBadge level={alert.severity} />
            <strong>
              <HostileText text={alert.title} />
            </strong>
          </span>
        )
      }
      tools={
        <>
          <CopyButton value={`${window.location.origin}/#/alerts/${id}`} label="Copy link to this alert" />
          <Tooltip label="Open as a page · Shift+Enter">
            <ActionIcon
              aria-label="Open as a page"
              renderRoot={(props) => <Link {...alertLink(id)} {...props} />}
            >
              <Maximize2 />
            </ActionIcon>
          </Tooltip>
        </>
      }
    >
      {error !== null && alert === undefined && (
        <ErrorState title="The alert could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {error === null && alert === undefined && <SkeletonRows />}
      {alert !== undefined && (
        <AlertDetail key={alert.id} alert={alert} triage={triage} verdicts={verdicts} />
      )}
    </Flyout>
  );
}
