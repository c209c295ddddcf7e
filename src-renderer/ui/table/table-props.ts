import type { ReactNode } from 'react';
import type { Column } from './columns.ts';
import type { RowSource } from './row-source.ts';

/** Row and column of the focused cell, both from 0. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

export const FIRST_CELL: CellPosition = { row: 0, column: 0 };

export interface SortState {
  readonly key: string;
  readonly direction: 'ascending' | 'descending';
}

/** The cell that a key or the menu acts on. */
export interface FocusedCell<T> {
  readonly row: T;
  readonly column: Column<T>;
  readonly rowIndex: number;
  /** Where the cell is on screen, for a menu. */
  readonly anchor: HTMLElement | null;
}

export interface DataTableProps<T> {
  /** Names the table: its column layout is remembered under it. */
  readonly id: string;
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly source: RowSource<T>;
  readonly rowId: (row: T) => string;
  /** Focused cell; the screen owns it, so that it survives the flyout. */
  readonly position: CellPosition;
  readonly onPosition: (position: CellPosition) => void;
  readonly onOpen?: (row: T, index: number) => void;
  readonly onOpenPage?: (row: T) => void;
  /** Row that is shown in the flyout. */
  readonly openId?: string | undefined;
  readonly selection?: ReadonlySet<string>;
  readonly onSelection?: (selection: ReadonlySet<string>) => void;
  /** Selects everything that the list shows, seen or not; for lists whose rows are all here. */
  readonly onSelectAll?: () => void;
  readonly sort?: SortState;
  readonly onSort?: (sort: SortState) => void;
  readonly onCellMenu?: (cell: FocusedCell<T>) => void;
  /** Shown instead of rows when there are none; says which of the five causes it is. */
  readonly empty: ReactNode;
  readonly errorTitle: string;
  readonly autoFocus?: boolean;
}

/** The selection with one id added or taken away. */
export function toggled(selection: ReadonlySet<string> | undefined, id: string): ReadonlySet<string> {
  const next = new Set(selection);
  if (!next.delete(id)) next.add(id);
  return next;
}
