import type { ReactNode } from 'react';
import type { ColumnLayout } from '../../workbench/preferences.ts';

export interface Column<T> {
  readonly id: string;
  readonly header: string;
  /** What a short header means, as its tooltip. */
  readonly hint?: string;
  readonly widthPx: number;
  /** Takes what width is left. One column of a table should. */
  readonly grows?: boolean;
  readonly align?: 'start' | 'end';
  readonly cell: (row: T) => ReactNode;
  /** Plain value of the cell, for copying and for the pivot menu. */
  readonly value?: (row: T) => string | null;
  /** Field name in the query language; without one the cell cannot be filtered on. */
  readonly field?: string;
  /** Sort key that the screen understands; without one the header is not a button. */
  readonly sortKey?: string;
  /** Not shown until somebody chooses it. */
  readonly hiddenAtFirst?: boolean;
}

export interface PlacedColumn<T> {
  readonly column: Column<T>;
  readonly widthPx: number;
}

export const MIN_COLUMN_PX = 48;

const EMPTY_LAYOUT: ColumnLayout = { widths: {}, order: [], hidden: {} };

/** The shown columns in the remembered order and width. Columns that are new since then follow at the end. */
export function placeColumns<T>(
  columns: readonly Column<T>[],
  layout = EMPTY_LAYOUT,
): readonly PlacedColumn<T>[] {
  const rank = (id: string) => {
    const at = layout.order.indexOf(id);
    return at < 0 ? layout.order.length + columns.findIndex((column) => column.id === id) : at;
  };
  return columns
    .filter((column) => !(layout.hidden[column.id] ?? column.hiddenAtFirst ?? false))
    .toSorted((a, b) => rank(a.id) - rank(b.id))
    .map((column) => ({ column, widthPx: layout.widths[column.id] ?? column.widthPx }));
}

/** CSS grid tracks of a row: the growing column takes the rest, never less than its own width. */
export function gridTemplate<T>(placed: readonly PlacedColumn<T>[], leading: string): string {
  const hasGrowing = placed.some(({ column }) => column.grows === true);
  const tracks = placed.map(({ column, widthPx }, index) => {
    const takesRest = column.grows === true || (!hasGrowing && index === placed.length - 1);
    return takesRest ? `minmax(${widthPx}px, 1fr)` : `${widthPx}px`;
  });
  return [leading, ...tracks].filter(Boolean).join(' ');
}

/** Least width of a row; a narrower table scrolls sideways. `leadingPx` is what stands before the first column. */
export function minRowWidthPx<T>(placed: readonly PlacedColumn<T>[], leadingPx: number): number {
  return placed.reduce((sum, { widthPx }) => sum + widthPx, leadingPx);
}

/** The layout with a column moved by one place. */
export function moveColumn<T>(
  columns: readonly Column<T>[],
  layout: ColumnLayout | undefined,
  id: string,
  by: -1 | 1,
): ColumnLayout {
  const shown = placeColumns(columns, layout).map(({ column }) => column.id);
  const from = shown.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= shown.length) return layout ?? EMPTY_LAYOUT;
  const order = shown.toSpliced(from, 1).toSpliced(to, 0, id);
  return { ...(layout ?? EMPTY_LAYOUT), order };
}

export function resizeColumn(layout: ColumnLayout | undefined, id: string, widthPx: number): ColumnLayout {
  const base = layout ?? EMPTY_LAYOUT;
  return { ...base, widths: { ...base.widths, [id]: Math.max(MIN_COLUMN_PX, Math.round(widthPx)) } };
}

export function hideColumn(layout: ColumnLayout | undefined, id: string, hidden: boolean): ColumnLayout {
  const base = layout ?? EMPTY_LAYOUT;
  return { ...base, hidden: { ...base.hidden, [id]: hidden } };
}
