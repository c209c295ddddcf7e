import { Link } from '@tanstack/react-router';
import type { ResponseOf } from '#shared/contract/client.ts';
import { LEVELS } from '#shared/model/severity.ts';
import { useLive, type RateSample } from '../../api/live.ts';
import { useApi } from '../../api/queries.ts';
import { formatBytes, formatCompact, formatCount, formatPercent, formatRate } from '../../lib/numbers.ts';
import { formatTime } from '../../lib/time.ts';
import { SeverityBadge } from '../../ui/Severity.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { StatTile } from '../../ui/StatTile.tsx';
import { alertsLink, eventsLink } from '../../workbench/links.ts';
import { useZone } from '../../workbench/preferences.ts';
import styles from './OverviewScreen.module.css';

type Stats = ResponseOf<'stats'>;

const MINUTE_MS = 60_000;

/** Flow, queue, store and open alerts: four numbers, each with unit, window and what it leads to. */
export function Tiles({ stats }: { readonly stats: Stats }) {
  const zone = useZone();
  const status = useLive((live) => live.status);
  const rates = useLive((live) => live.rates);
  const isOpen = useLive((live) => live.stream.phase === 'open');
  const lastFrameMs = useLive((live) => live.lastFrameMs);
  const eventsPerSecond = status?.throughput_eps ?? stats.throughput_eps;
  const depth = status?.queue_depth ?? stats.queue_depth;
  const max = status?.queue_max ?? stats.queue_max;
  const [value = '0', ...unit] = formatRate(eventsPerSecond).split(' ');
  const asOf =
    isOpen || lastFrameMs === null ? undefined : formatTime(lastFrameMs, zone, { precision: 'second' });
  return (
    <div className={styles.tiles}>
      <StatTile
        label="Throughput"
        value={value}
        unit={unit.join(' ')}
        context={changeText(rates)}
        link={eventsLink({}, { since: '15m' })}
        asOf={asOf}
      >
        <Sparkline
          values={rates.map((sample) => sample.eventsPerSecond)}
          label="Events per second since this page was opened, at most 15 minutes"
        />
      </StatTile>
      <StatTile
        label="Queue"
        value={formatCount(depth)}
        unit={`of ${formatCount(max)}`}
        context={queueText(depth, max, stats)}
        asOf={asOf}
      >
        <div className={styles.gauge} data-pressure={pressure(depth, max)} aria-hidden="true">
          <span style={{ width: formatPercent(depth, max).replace(/[< ]/g, '') }} />
        </div>
      </StatTile>
      <StatTile
        label="Events stored"
        value={formatCompact(stats.events)}
        unit={`in ${formatBytes(stats.database_bytes)}`}
        context={spanText(stats, zone)}
        link={eventsLink({}, {})}
      />
      <OpenAlerts />
    </div>
  );
}

function OpenAlerts() {
  const { data } = useApi(
    'listAlerts',
    { query: { status: 'new,in_progress', limit: 1 } },
    { refetchIntervalMs: 30_000 },
  );
  return (
    <StatTile
      label="Open alerts"
      value={data === undefined ? '–' : formatCount(data.total)}
      context="new and in progress, all data"
      link={alertsLink({ status: 'new,in_progress' })}
    >
      <ul className={styles.levels}>
        {LEVELS.toReversed().map((level) => (
          <li key={level}>
            <Link {...alertsLink({ severity: level, status: 'new,in_progress' })}>
              <SeverityBadge level={level} iconOnly />
              <b>{data === undefined ? '–' : formatCount(data.counts[level])}</b>
            </Link>
          </li>
        ))}
      </ul>
    </StatTile>
  );
}

/** The last minute against the minute before it, once both have been seen. */
function changeText(rates: readonly RateSample[]): string {
  const nowMs = rates.at(-1)?.atMs ?? 0;
  const mean = (fromMs: number, toMs: number) => {
    const values = rates
      .filter(({ atMs }) => atMs > fromMs && atMs <= toMs)
      .map((sample) => sample.eventsPerSecond);
    return values.length < 5 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const last = mean(nowMs - MINUTE_MS, nowMs);
  const before = mean(nowMs - 2 * MINUTE_MS, nowMs - MINUTE_MS);
  if (last === null || before === null || before === 0) return 'received now, all sources';
  const percent = Math.round(((last - before) / before) * 100);
  return `${percent >= 0 ? '+' : '−'}${Math.abs(percent)} % against the minute before`;
}

/** Where back-pressure is near (DASH-2: 70 % and 90 %). */
function pressure(depth: number, max: number): 'normal' | 'high' | 'full' {
  const share = max === 0 ? 0 : depth / max;
  return share >= 0.9 ? 'full' : share >= 0.7 ? 'high' : 'normal';
}

const PRESSURE_TEXT = {
  normal: 'waiting for commit',
  high: 'filling up',
  full: 'full: receivers are held back',
} as const;

function queueText(depth: number, max: number, stats: Stats): string {
  const dropped = stats.sources.reduce(
    (sum, source) => sum + Object.values(source.dropped).reduce((part, count) => part + count, 0),
    0,
  );
  return `${PRESSURE_TEXT[pressure(depth, max)]} · ${dropped === 0 ? 'none dropped' : `${formatCount(dropped)} dropped`}`;
}

function spanText(stats: Stats, zone: string): string {
  if (stats.first_event_ts === null || stats.last_event_ts === null) return 'nothing stored yet';
  const day = (time: string) => formatTime(time, zone, { precision: 'day' });
  return `${day(stats.first_event_ts)} → ${day(stats.last_event_ts)}`;
}
