import styles from './states.module.css';

/** Widths of the bars of a row, in percent; varied so that it reads as a table and not as stripes. */
const WIDTHS = [
  [14, 6, 12, 48],
  [14, 6, 9, 36],
  [14, 6, 14, 55],
  [14, 6, 10, 41],
] as const;

/** Stands where rows will be. Lists never show a spinner. */
export function SkeletonRows({ rows = 12 }: { readonly rows?: number }) {
  return (
    <div className={styles.rows} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} aria-hidden="true">
          {(WIDTHS[row % WIDTHS.length] ?? WIDTHS[0]).map((width, index) => (
            <span key={index} className={styles.bone} style={{ width: `${width}%` }} />
          ))}
        </div>
      ))}
    </div>
  );
}
