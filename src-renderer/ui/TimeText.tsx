import { formatAgo, formatTime, localZone, UTC, type TimePrecision } from '../lib/time.ts';
import { useZone } from '../workbench/preferences.ts';

export interface TimeTextProps {
  readonly time: string | number;
  readonly precision?: TimePrecision;
  /** "3 min ago" in place of the time; the time is in the tooltip. */
  readonly ago?: boolean;
}

/** A time in the shown zone; the tooltip has the other zone and how long ago it was. */
export function TimeText({ time, precision = 'millisecond', ago = false }: TimeTextProps) {
  const zone = useZone();
  const epochMs = typeof time === 'string' ? Date.parse(time) : time;
  const relative = formatAgo(epochMs, Date.now());
  const other = zone === UTC ? localZone() : UTC;
  const full = [
    formatTime(epochMs, zone),
    other === zone ? '' : `${formatTime(epochMs, other)} (${other})`,
    relative,
  ];
  return (
    <time
      className={ago ? undefined : 'mono'}
      dateTime={Number.isFinite(epochMs) ? new Date(epochMs).toISOString() : undefined}
      title={full.filter(Boolean).join('\n')}
    >
      {ago ? relative : formatTime(epochMs, zone, { precision })}
    </time>
  );
}
