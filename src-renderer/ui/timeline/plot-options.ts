import type uPlot from 'uplot';
import uPlotConstructor from 'uplot';
import { formatCompact } from '../../lib/numbers.ts';
import { formatTime, type Zone } from '../../lib/time.ts';
import type { TimelineSeries } from './stack.ts';

export interface PlotLook {
  readonly zone: Zone;
  readonly bucketMs: number;
  readonly series: readonly TimelineSeries[];
  /** Reads a CSS variable: a canvas takes no `var()`. */
  readonly colour: (variable: string) => string;
  readonly font: string;
  readonly onBrush: (fromMs: number, toMs: number) => void;
  readonly onHover: (index: number | null) => void;
}

const AXIS_PX = 18;
const Y_AXIS_PX = 44;
/** Half of the widest label, `2026-05-13`. */
const LABEL_HALF_PX = 34;
/** A drag shorter than this is a click. */
const MIN_DRAG_PX = 4;

/** Options of a stacked bar chart over time with a brush along x. */
export function plotOptions(size: { width: number; height: number }, look: PlotLook): uPlot.Options {
  const bars = uPlotConstructor.paths.bars?.({ size: [0.86, 40], align: 0 });
  const axis: uPlot.Axis = {
    stroke: look.colour('--text-3'),
    font: look.font,
    ticks: { show: false },
    grid: { stroke: look.colour('--line-soft'), width: 1 },
  };
  return {
    ...size,
    // Ticks fall on round hours and days of the shown zone.
    tzDate: (seconds) => uPlotConstructor.tzDate(new Date(seconds * 1000), look.zone),
    padding: [6, 4, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false, dist: MIN_DRAG_PX },
    },
    scales: {
      x: { time: true, range: (_, min, max) => [min - look.bucketMs / 2000, max + look.bucketMs / 2000] },
      y: { range: (_, __, max) => [0, Math.max(1, max * 1.08)] },
    },
    axes: [
      {
        ...axis,
        size: AXIS_PX,
        gap: 2,
        space: 96,
        grid: { show: false },
        values: (plot, splits) => axisLabels(plot, splits, look.zone),
      },
      {
        ...axis,
        size: Y_AXIS_PX,
        gap: 4,
        space: 28,
        incrs: [
          1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7,
        ],
        values: (_, splits) => splits.map(formatCompact),
      },
    ],
    series: [
      {},
      ...look.series.toReversed().map((one): uPlot.Series => ({
        label: one.label,
        fill: look.colour(one.colour),
        width: 0,
        points: { show: false },
        ...(bars !== undefined && { paths: bars }),
      })),
    ],
    hooks: {
      setCursor: [(plot) => look.onHover(plot.cursor.idx ?? null)],
      setSelect: [(plot) => brushed(plot, look)],
    },
  };
}

/** Labels of the time axis; those that would run over an edge stay empty. The first one shown names its day. */
function axisLabels(plot: uPlot, splits: readonly number[], zone: Zone): string[] {
  const first = splits.find((at) => !isCut(plot, at));
  return splits.map((at) => (isCut(plot, at) ? '' : axisLabel(at * 1000, splits, zone, at === first)));
}

/** The axis is laid out before the chart has a box, so positions are worked out from the scale. */
function isCut(plot: uPlot, seconds: number): boolean {
  const scale = plot.scales.x;
  if (scale?.min === undefined || scale.max === undefined) return false;
  const widthPx = plot.width - Y_AXIS_PX;
  const at = ((seconds - scale.min) / (scale.max - scale.min)) * widthPx;
  return at < LABEL_HALF_PX || at > widthPx - LABEL_HALF_PX;
}

function brushed(plot: uPlot, look: PlotLook): void {
  const { left, width } = plot.select;
  if (width < MIN_DRAG_PX) return;
  const fromMs = plot.posToVal(left, 'x') * 1000;
  const toMs = plot.posToVal(left + width, 'x') * 1000;
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  look.onBrush(fromMs, toMs);
}

/** Day for ticks a day apart, minutes below that, seconds below a minute; always in the shown zone. */
function axisLabel(atMs: number, splits: readonly number[], zone: Zone, namesDay: boolean): string {
  const stepMs = ((splits[1] ?? 0) - (splits[0] ?? 0)) * 1000;
  const text = formatTime(atMs, zone, { precision: 'millisecond', offset: false });
  if (stepMs >= 86_400_000) return text.slice(0, 10);
  const clock = stepMs >= 60_000 ? text.slice(11, 16) : stepMs >= 1000 ? text.slice(11, 19) : text.slice(11);
  return namesDay || clock === '00:00' ? `${text.slice(5, 10)} ${clock}` : clock;
}
