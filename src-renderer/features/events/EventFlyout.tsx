import { ActionIcon, Tabs, Tooltip } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { FlaskConical } from 'lucide-react';
import { useApi } from '../../api/queries.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Flyout } from '../../ui/Flyout.tsx';
import { JsonView } from '../../ui/JsonView.tsx';
import { EventSeverity } from '../../ui/Severity.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { explainLink } from '../../workbench/links.ts';
import { useCommands } from '../../workbench/use-commands.ts';
import styles from './EventFlyout.module.css';
import { FieldsTab, type FieldActions } from './FieldsTab.tsx';
import { RawTab } from './RawTab.tsx';

export interface EventFlyoutProps extends FieldActions {
  readonly id: string;
  readonly onClose: () => void;
}

/** One event: its fields, its original bytes, and what the API says of it (EVT-5). */
export function EventFlyout(props: EventFlyoutProps) {
  const { id, onClose } = props;
  const navigate = useNavigate();
  useCommands([
    {
      id: 'events.test-rule',
      title: 'Test a rule on this event',
      category: 'Events',
      run: () => void navigate(explainLink({ event: id })),
    },
  ]);
  const {
    data: event,
    error,
    refetch,
  } = useApi('getEvent', { params: { event_id: id } }, { keepPrevious: true });
  return (
    <Flyout
      kind="event"
      label="Event"
      onClose={onClose}
      title={
        event !== undefined && (
          <span className={styles.title}>
            <EventSeverity severity={event.severity} />
            <TimeText time={event.event_ts} />
          </span>
        )
      }
      tools={
        <>
          <Tooltip label="Test a rule on this event">
            <ActionIcon
              aria-label="Test a rule on this event"
              renderRoot={(props) => <Link {...explainLink({ event: id })} {...props} />}
            >
              <FlaskConical />
            </ActionIcon>
          </Tooltip>
          <CopyButton
            value={`${window.location.origin}/#/events?event=${id}`}
            label="Copy link to this event"
          />
        </>
      }
    >
      {error !== null && event === undefined && (
        <ErrorState title="The event could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {error === null && event === undefined && <SkeletonRows />}
      {event !== undefined && (
        <Tabs defaultValue="fields" keepMounted={false} className={styles.tabs ?? ''}>
          <Tabs.List className={styles.tabList ?? ''}>
            <Tabs.Tab value="fields">Fields</Tabs.Tab>
            <Tabs.Tab value="raw">Raw</Tabs.Tab>
            <Tabs.Tab value="json">JSON</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="fields">
            <FieldsTab {...props} event={event} />
          </Tabs.Panel>
          <Tabs.Panel value="raw">
            <RawTab event={event} />
          </Tabs.Panel>
          <Tabs.Panel value="json">
            <JsonView value={withoutBytes(event)} label="event" />
          </Tabs.Panel>
        </Tabs>
      )}
    </Flyout>
  );
}

/** The base64 copy of the original bytes would bury everything else; the Raw tab has it. */
function withoutBytes(event: object): object {
  return Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'raw_base64'));
}
