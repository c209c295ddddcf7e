import { Tooltip } from '@mantine/core';
import { useLive } from '../api/live.ts';
import { formatRate, formatCount } from '../lib/numbers.ts';
import styles from './Connection.module.css';

/** State of the stream, and how much flows through it. */
export function ConnectionState() {
  const stream = useLive((live) => live.stream);
  const status = useLive((live) => live.status);
  const paused = useLive((live) => live.paused);
  const word =
    stream.phase === 'open'
      ? paused
        ? 'Paused'
        : 'Live'
      : stream.phase === 'connecting'
        ? 'Connecting'
        : 'Offline';
  const detail =
    status === null || stream.phase !== 'open'
      ? 'Connection to the core'
      : `${formatRate(status.throughput_eps)} · queue ${formatCount(status.queue_depth)} of ${formatCount(status.queue_max)}`;
  return (
    <Tooltip label={detail}>
      <span
        className={styles.state}
        data-phase={paused && stream.phase === 'open' ? 'paused' : stream.phase}
        role="status"
      >
        {word}
      </span>
    </Tooltip>
  );
}
