import { Button } from '@mantine/core';
import { Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { retryStream, useLive } from '../api/live.ts';
import { useSession } from '../api/session.ts';
import { formatTime } from '../lib/time.ts';
import { useZone } from '../workbench/preferences.ts';
import styles from './Connection.module.css';

/** Says that what is on screen is old, how old, and when the next attempt comes. */
export function ConnectionBanner() {
  const stream = useLive((live) => live.stream);
  const lastFrameMs = useLive((live) => live.lastFrameMs);
  const needsSignIn = useSession((session) => session.needsSignIn);
  const zone = useZone();
  const down = stream.phase === 'waiting' || (stream.phase === 'connecting' && stream.attempt > 0);
  const seconds = useSecondsUntil(stream.phase === 'waiting' ? stream.retryAtMs : null);
  if (!down || needsSignIn) return null;
  const since =
    lastFrameMs === null
      ? 'Nothing was received yet'
      : `Data as of ${formatTime(lastFrameMs, zone, { precision: 'second' })}`;
  const next = stream.phase === 'waiting' ? `next try in ${seconds} s` : 'trying now';
  return (
    <div className={styles.banner} role="alert">
      <Unplug aria-hidden="true" />
      <span>
        <strong>Harrier’s core does not answer.</strong> {since}; attempt {stream.attempt}, {next}.
      </span>
      <Button onClick={retryStream}>Retry now</Button>
    </div>
  );
}

function useSecondsUntil(atMs: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (atMs === null) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 500);
    return () => {
      clearInterval(timer);
    };
  }, [atMs]);
  return atMs === null ? 0 : Math.max(0, Math.ceil((atMs - now) / 1000));
}
