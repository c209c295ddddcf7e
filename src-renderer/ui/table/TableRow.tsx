import { Checkbox } from '@mantine/core';
import type { MouseEvent } from 'react';
import type { PlacedColumn } from './columns.ts';
import styles from './DataTable.module.css';
import { toggled, type CellPosition, type DataTableProps } from './table-props.ts';

interface TableRowProps<T> {
  readonly index: number;
  readonly topPx: number;
  readonly heightPx: number;
  /** Undefined while it is on its way. */
  readonly row: T | undefined;
  readonly table: DataTableProps<T>;
  readonly placed: readonly PlacedColumn<T>[];
  readonly template: string;
  readonly focusedColumn: number;
  readonly cellId: (row: number, column: number) => string;
  readonly onFocus: (position: CellPosition) => void;
}

export function TableRow<T>(props: TableRowProps<T>) {
  const { index, row, table, placed } = props;
  const id = row === undefined ? undefined : table.rowId(row);
  const isSelected = id !== undefined && (table.selection?.has(id) ?? false);
  const columnAt = (event: MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest('[aria-colindex]') : null;
    return Math.max(0, Number(cell?.getAttribute('aria-colindex') ?? 1) - 1);
  };
  const onClick = (event: MouseEvent) => {
    props.onFocus({ row: index, column: columnAt(event) });
    if (row !== undefined && !isInteractive(event)) table.onOpen?.(row, index);
  };
  const onContextMenu = (event: MouseEvent) => {
    const column = placed[columnAt(event)]?.column;
    if (row === undefined || column === undefined || table.onCellMenu === undefined) return;
    event.preventDefault();
    props.onFocus({ row: index, column: columnAt(event) });
    const anchor = event.target instanceof Element ? event.target.closest('[aria-colindex]') : null;
    table.onCellMenu({ row, column, rowIndex: index, anchor: anchor instanceof HTMLElement ? anchor : null });
  };
  return (
    <div
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={table.onSelection === undefined ? undefined : isSelected}
      data-focused={props.focusedColumn >= 0}
      data-open={id !== undefined && id === table.openId}
      data-selected={isSelected}
      style={{
        transform: `translateY(${props.topPx}px)`,
        height: props.heightPx,
        gridTemplateColumns: props.template,
      }}
      onClick={onClick}
      onContextMenu={onContextMenu}
    >
      {table.onSelection !== undefined && (
        <span className={styles.check} role="gridcell">
          {id !== undefined && (
            <Checkbox
              size="xs"
              tabIndex={-1}
              checked={isSelected}
              aria-label="Select row"
              onChange={() => table.onSelection?.(toggled(table.selection, id))}
            />
          )}
        </span>
      )}
      {placed.map(({ column }, at) => (
        <div
          key={column.id}
          id={props.cellId(index, at)}
          className={styles.cell}
          role="gridcell"
          aria-colindex={at + 1}
          data-align={column.align}
          data-focused={at === props.focusedColumn}
        >
          {row === undefined ? <span className={styles.bone} /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A click on a link, button or box inside a row is not a click on the row. */
function isInteractive(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest('a, button, input, label') !== null;
}
