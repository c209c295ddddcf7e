import type { EventDetailWire } from '#shared/contract/events.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import styles from './EventFlyout.module.css';

/** The original bytes as text, with everything that would not show spelled out. */
export function RawTab({ event }: { readonly event: EventDetailWire }) {
  if (event.raw_text === null && event.raw_base64 === null) {
    return (
      <EmptyState compact cause="no-data" title="The original bytes are not here">
        The evidence file that holds them cannot be read. The parsed fields are kept.
      </EmptyState>
    );
  }
  return (
    <>
      <div className={styles.rawTools}>
        {event.raw_text !== null && <CopyButton withLabel value={event.raw_text} label="Copy text" />}
        {event.raw_base64 !== null && (
          <CopyButton withLabel value={event.raw_base64} label="Copy bytes as base64" />
        )}
        {event.raw_truncated && <span>Only the beginning is shown.</span>}
      </div>
      <div className={styles.raw}>
        {event.raw_text === null ? (
          'These bytes are not text. Copy them as base64.'
        ) : (
          <HostileText text={event.raw_text} layout="block" />
        )}
      </div>
    </>
  );
}
