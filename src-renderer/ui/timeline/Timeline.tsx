import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatCount, formatNoun } from '../../lib/numbers.ts';
import { formatSpan, formatTime } from '../../lib/time.ts';
import { useZone } from '../../workbench/preferences.ts';
import { plotOptions } from './plot-options.ts';
import { bucketTotal, fillBuckets, stackColumns, type TimelineBucket, type TimelineSeries } from './stack.ts';
import styles from './Timeline.module.css';

export interface TimelineProps {
  readonly label: string;
  readonly buckets: readonly TimelineBucket[];
  readonly bucketMs: number;
  /** Bottom of the stack first. */
  readonly series: readonly TimelineSeries[];
  readonly heightPx: number;
  /** What is counted: "event", "alert". */
  readonly noun: string;
  /** A stretch was dragged, or chosen with Shift+arrows and Enter. */
  readonly onBrush: (fromMs: number, toMs: number) => void;
}

const CANVAS_FONT = '11px "Inter Variable", sans-serif';

/** Counts over time, stacked; hover and arrow keys read exact values, drag or Shift+arrows select a range. */
export function Timeline(props: TimelineProps) {
  const { bucketMs, series, noun } = props;
  const zone = useZone();
  const scheme = useComputedColorScheme('dark');
  const buckets = useMemo(() => fillBuckets(props.buckets, bucketMs), [props.buckets, bucketMs]);
  const { ref: sizeRef, width } = useElementSize();
  const plotRef = useRef<uPlot | null>(null);
  const hostRef = useRef<HTMLDivElement>(null);
  const [index, setIndex] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  const onBrush = useRef(props.onBrush);
  useEffect(() => {
    onBrush.current = props.onBrush;
  });

  useEffect(() => {
    const host = hostRef.current;
    if (host === null || width === 0 || buckets.length === 0) return undefined;
    const css = getComputedStyle(host);
    const options = plotOptions(
      { width, height: props.heightPx },
      {
        zone,
        bucketMs,
        series,
        colour: (variable) => css.getPropertyValue(variable),
        font: CANVAS_FONT,
        onHover: setIndex,
        onBrush: (fromMs, toMs) => onBrush.current(fromMs, toMs),
      },
    );
    // uPlot's own type for columns is a tuple of arrays, which stackColumns always gives.
    const plot = new uPlot(options, stackColumns(buckets, series, bucketMs) as uPlot.AlignedData, host);
    plotRef.current = plot;
    // A canvas drawn before the font is there keeps the fallback until it is drawn again.
    if (!document.fonts.check(CANVAS_FONT))
      void document.fonts.load(CANVAS_FONT).then(() => plot.redraw(false, true));
    return () => {
      plot.destroy();
      plotRef.current = null;
    };
  }, [buckets, series, bucketMs, width, props.heightPx, zone, scheme]);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyTarget(event.key, index, buckets.length);
    if (next !== null) {
      setAnchor(event.shiftKey ? (anchor ?? index ?? next) : null);
      moveCursor(plotRef.current, next);
      setIndex(next);
    } else if (event.key === 'Enter' && index !== null) {
      const ends = [anchor ?? index, index].map((at) => buckets[at]?.startMs ?? 0);
      setAnchor(null);
      props.onBrush(Math.min(...ends), Math.max(...ends) + bucketMs);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const total = buckets.reduce((sum, bucket) => sum + bucketTotal(bucket), 0);
  const bucket = index === null ? undefined : buckets[index];
  return (
    <div
      ref={sizeRef}
      className={styles.timeline}
      role="application"
      aria-roledescription="timeline"
      aria-label={`${props.label}: ${formatNoun(total, noun)} in bars of ${formatSpan(bucketMs)}. Arrow keys read a bar, Shift with arrows and Enter select a range.`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div ref={hostRef} style={{ height: props.heightPx }} />
      <div className={styles.readout} role="status">
        {bucket !== undefined && (
          <>
            <span className="mono">{formatTime(bucket.startMs, zone, { precision: 'second' })}</span>
            <span>+{formatSpan(bucketMs)}</span>
            {series.map(({ key, label, colour }) =>
              (bucket.counts[key] ?? 0) === 0 ? null : (
                <span key={key} className={styles.part}>
                  <i style={{ background: `var(${colour})` }} />
                  {label} {formatCount(bucket.counts[key] ?? 0)}
                </span>
              ),
            )}
            <strong>{formatNoun(bucketTotal(bucket), noun)}</strong>
          </>
        )}
      </div>
    </div>
  );
}

/** Bar that a key moves to; null when the key is none of ours. */
function keyTarget(key: string, index: number | null, count: number): number | null {
  if (count === 0) return null;
  const at = index ?? -1;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'ArrowRight':
      return Math.min(count - 1, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function moveCursor(plot: uPlot | null, index: number): void {
  const x = plot?.data[0][index];
  if (plot === null || x === undefined) return;
  plot.setCursor({ left: plot.valToPos(x, 'x'), top: 0 });
}
