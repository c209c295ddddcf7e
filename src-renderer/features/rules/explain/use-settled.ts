import { useEffect, useState } from 'react';

/** As for typing in a list's filter: longer than the pause between two keys. */
const PAUSE_MS = 250;

/** The value a moment after it stopped changing. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
