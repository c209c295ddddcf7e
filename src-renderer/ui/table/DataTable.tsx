import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { ROW_HEIGHT_PX, usePreferences } from '../../workbench/preferences.ts';
import { ErrorState } from '../ErrorState.tsx';
import { SkeletonRows } from '../SkeletonRows.tsx';
import { gridTemplate, minRowWidthPx, placeColumns } from './columns.ts';
import styles from './DataTable.module.css';
import type { CellPosition, DataTableProps } from './table-props.ts';
import { TableHeader } from './TableHeader.tsx';
import { TableRow } from './TableRow.tsx';
import { useGridKeys } from './use-grid-keys.ts';

/** Chromium lays out nothing taller than about 33.5 million pixels; rows past this are reached by filtering. */
const MAX_HEIGHT_PX = 33_000_000;
const OVERSCAN_ROWS = 20;
/** Left and right padding of a row, with the room for the column menu. */
const ROW_PADDING_PX = 42;
const CHECK_PX = 32;

/**
 * The table of the workstation: up to a million rows of which only the visible ones exist, worked by keyboard as
 * a WAI-ARIA grid. The focus stays on the grid itself and `aria-activedescendant` names the cell, because the
 * focused row may leave the page at any moment.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { source, columns, position, label } = props;
  const gridRef = useRef<HTMLDivElement>(null);
  const density = usePreferences((preferences) => preferences.density);
  const layout = usePreferences((preferences) => preferences.columns[props.id]);
  const rowPx = ROW_HEIGHT_PX[density];
  const placed = useMemo(() => placeColumns(columns, layout), [columns, layout]);
  const selectable = props.onSelection !== undefined;
  const template = gridTemplate(placed, selectable ? `${CHECK_PX}px` : '');
  const minWidth = minRowWidthPx(placed, ROW_PADDING_PX + (selectable ? CHECK_PX : 0));
  const count = Math.min(source.count, Math.floor(MAX_HEIGHT_PX / rowPx));
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
    scrollPaddingStart: rowPx,
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, rowPx]);
  const rows = virtualizer.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;
  const { show } = source;
  useEffect(() => {
    show(first, last);
  }, [show, first, last]);
  const moveTo = (next: CellPosition) => {
    props.onPosition(next);
    virtualizer.scrollToIndex(next.row);
  };
  useGridKeys({ gridRef, table: props, count, columnCount: placed.length, placed, rowPx, moveTo });
  useEffect(() => {
    if (props.autoFocus === true) gridRef.current?.focus({ preventScroll: true });
  }, [props.autoFocus]);

  if (source.error !== null && count === 0) {
    return <ErrorState title={props.errorTitle} error={source.error} onRetry={source.retry} />;
  }
  const cellId = (row: number, column: number) => `${props.id}-${row}-${column}`;
  return (
    <div
      ref={gridRef}
      className={styles.grid}
      role="grid"
      aria-label={label}
      aria-rowcount={source.countIsExact ? count + 1 : -1}
      aria-colcount={placed.length}
      aria-multiselectable={selectable || undefined}
      aria-busy={source.isLoading}
      aria-activedescendant={count > 0 ? cellId(position.row, position.column) : undefined}
      tabIndex={0}
    >
      <TableHeader
        id={props.id}
        columns={columns}
        placed={placed}
        template={template}
        minWidth={minWidth}
        selectable={selectable}
        selectedCount={props.selection?.size ?? 0}
        rowCount={source.count}
        onSelectAll={props.onSelectAll}
        onSelectNone={() => props.onSelection?.(new Set())}
        sort={props.sort}
        onSort={props.onSort}
      />
      {source.isLoading && <SkeletonRows rows={20} />}
      {!source.isLoading && count === 0 && props.empty}
      <div
        className={styles.rows}
        style={{ height: virtualizer.getTotalSize(), minWidth }}
        role="presentation"
      >
        {rows.map((item) => (
          <TableRow
            key={item.index}
            index={item.index}
            topPx={item.start}
            heightPx={rowPx}
            row={source.row(item.index)}
            table={props}
            placed={placed}
            template={template}
            focusedColumn={item.index === position.row ? position.column : -1}
            cellId={cellId}
            onFocus={moveTo}
          />
        ))}
      </div>
    </div>
  );
}
