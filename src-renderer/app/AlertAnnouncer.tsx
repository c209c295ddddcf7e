import { useEffect, useRef, useState } from 'react';
import { useLive } from '../api/live.ts';
import { formatNoun } from '../lib/numbers.ts';

/** Often enough to matter, seldom enough not to talk over the work. */
const ANNOUNCE_MS = 30_000;

/** Tells screen readers how many alerts came in, without moving anything on screen. */
export function AlertAnnouncer() {
  const [text, setText] = useState('');
  const told = useRef(useLive.getState().alertCount);
  useEffect(() => {
    const timer = setInterval(() => {
      const { alertCount } = useLive.getState();
      if (alertCount === told.current) return;
      setText(formatNoun(alertCount - told.current, 'new alert'));
      told.current = alertCount;
    }, ANNOUNCE_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <p className="visually-hidden" role="log" aria-label="New alerts">
      {text}
    </p>
  );
}
