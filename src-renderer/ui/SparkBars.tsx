import styles from './Sparkline.module.css';

const BAR = 2;
const GAP = 1;
const HEIGHT = 18;

/** Counts of equal stretches of time as bars, the highest of this row at full height. Nothing for a row of zeros. */
export function SparkBars({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const most = Math.max(...values);
  if (most <= 0) return null;
  const bars = values.map((value, index) => {
    // A single fire beside thousands still shows as a bar of one pixel.
    const height = value === 0 ? 0 : Math.max(1, Math.round((value / most) * HEIGHT));
    return height === 0 ? '' : `M${index * (BAR + GAP)} ${HEIGHT}v-${height}h${BAR}v${height}z`;
  });
  const width = values.length * (BAR + GAP) - GAP;
  return (
    <svg
      className={styles.bars}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <path className={styles.ground} d={`M0 ${HEIGHT - 0.5}H${width}`} />
      <path d={bars.join('')} />
    </svg>
  );
}
