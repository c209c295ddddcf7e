import type { RefObject } from 'react';
import type { Command } from '../../workbench/commands.ts';
import { useCommands } from '../../workbench/use-commands.ts';
import type { PlacedColumn } from './columns.ts';
import { toggled, type CellPosition, type DataTableProps } from './table-props.ts';

interface GridKeys<T> {
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly table: DataTableProps<T>;
  readonly count: number;
  readonly columnCount: number;
  readonly placed: readonly PlacedColumn<T>[];
  readonly rowPx: number;
  readonly moveTo: (position: CellPosition) => void;
}

/** Registers the keys of a list (study-ux 1.0) while it is mounted; they act while it has the focus. */
export function useGridKeys<T>(grid: GridKeys<T>): void {
  const { table, moveTo, columnCount } = grid;
  const within = () => grid.gridRef.current;
  const { row, column } = table.position;
  const clampRow = (to: number) => Math.max(0, Math.min(grid.count - 1, to));
  const toRow = (to: number) => {
    if (grid.count > 0) moveTo({ row: clampRow(to), column });
  };
  const toColumn = (to: number) => moveTo({ row, column: Math.max(0, Math.min(columnCount - 1, to)) });
  const pageRows = () =>
    Math.max(1, Math.floor((grid.gridRef.current?.clientHeight ?? 400) / grid.rowPx) - 2);
  const current = () => table.source.row(row);
  const select = (index: number) => {
    const item = table.source.row(index);
    if (item !== undefined) table.onSelection?.(toggled(table.selection, table.rowId(item)));
  };
  const extend = (by: 1 | -1) => {
    const here = current();
    const next = table.source.row(clampRow(row + by));
    const ids = [here, next].flatMap((item) => (item === undefined ? [] : [table.rowId(item)]));
    table.onSelection?.(new Set([...(table.selection ?? []), ...ids]));
    toRow(row + by);
  };
  const move = (id: string, title: string, keys: readonly string[], run: () => void): Command => ({
    id: `list.${id}`,
    title,
    category: 'List',
    keys,
    within,
    inPalette: false,
    run,
  });
  useCommands([
    move('next', 'Next row', ['j', 'arrowdown'], () => toRow(row + 1)),
    move('previous', 'Previous row', ['k', 'arrowup'], () => toRow(row - 1)),
    move('left', 'Cell to the left', ['arrowleft'], () => toColumn(column - 1)),
    move('right', 'Cell to the right', ['arrowright'], () => toColumn(column + 1)),
    move('page-down', 'Page down', ['pagedown'], () => toRow(row + pageRows())),
    move('page-up', 'Page up', ['pageup'], () => toRow(row - pageRows())),
    move('first', 'First row', ['home', 'mod+home'], () => toRow(0)),
    move('last', 'Last row', ['end', 'mod+end'], () => toRow(grid.count - 1)),
    ...(table.onOpen === undefined
      ? []
      : [
          move('open', 'Open', ['enter'], () => {
            const item = current();
            if (item !== undefined) table.onOpen?.(item, row);
          }),
        ]),
    ...(table.onOpenPage === undefined
      ? []
      : [
          move('open-page', 'Open as a page', ['shift+enter'], () => {
            const item = current();
            if (item !== undefined) table.onOpenPage?.(item);
          }),
        ]),
    ...(table.onSelection === undefined
      ? []
      : [
          move('select', 'Select or unselect', ['x'], () => select(row)),
          move('extend-down', 'Extend the selection down', ['shift+j', 'shift+arrowdown'], () => extend(1)),
          move('extend-up', 'Extend the selection up', ['shift+k', 'shift+arrowup'], () => extend(-1)),
        ]),
    ...(table.onSelectAll === undefined
      ? []
      : [move('select-all', 'Select all', ['mod+a'], () => table.onSelectAll?.())]),
    ...(table.onCellMenu === undefined
      ? []
      : [
          move('menu', 'Menu of the cell', ['v', 'shift+f10', 'contextmenu'], () => {
            const item = current();
            const placed = grid.placed[column];
            if (item === undefined || placed === undefined) return;
            const anchor = document.getElementById(`${table.id}-${row}-${column}`);
            table.onCellMenu?.({ row: item, column: placed.column, rowIndex: row, anchor });
          }),
        ]),
  ]);
}
