import { ActionIcon, Checkbox, Menu, SegmentedControl, Tooltip } from '@mantine/core';
import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight, Columns3 } from 'lucide-react';
import type { PointerEvent } from 'react';
import { usePreferences, type ColumnLayout } from '../../workbench/preferences.ts';
import { hideColumn, moveColumn, resizeColumn, type Column, type PlacedColumn } from './columns.ts';
import styles from './DataTable.module.css';
import type { SortState } from './table-props.ts';

interface TableHeaderProps<T> {
  readonly id: string;
  readonly columns: readonly Column<T>[];
  readonly placed: readonly PlacedColumn<T>[];
  readonly template: string;
  readonly minWidth: number;
  readonly selectable: boolean;
  readonly selectedCount: number;
  readonly rowCount: number;
  readonly onSelectAll: (() => void) | undefined;
  readonly onSelectNone: () => void;
  readonly sort: SortState | undefined;
  readonly onSort: ((sort: SortState) => void) | undefined;
}

export function TableHeader<T>(props: TableHeaderProps<T>) {
  const { placed, sort, onSort } = props;
  const sortBy = (key: string) => {
    const turned = sort?.key === key && sort.direction === 'descending' ? 'ascending' : 'descending';
    onSort?.({ key, direction: turned });
  };
  return (
    <div
      className={styles.header}
      role="row"
      aria-rowindex={1}
      style={{ gridTemplateColumns: props.template, minWidth: props.minWidth }}
    >
      {props.selectable && (
        <span className={styles.check} role="columnheader">
          <SelectAll {...props} />
        </span>
      )}
      {placed.map(({ column }, index) => (
        <div
          key={column.id}
          className={styles.headerCell}
          role="columnheader"
          aria-colindex={index + 1}
          data-align={column.align}
          title={column.hint}
          aria-sort={
            column.sortKey !== undefined && sort?.key === column.sortKey ? sort.direction : undefined
          }
        >
          {column.sortKey === undefined || onSort === undefined ? (
            <span className={styles.headerText}>{column.header}</span>
          ) : (
            <button
              type="button"
              className={styles.sort}
              tabIndex={-1}
              onClick={() => sortBy(column.sortKey ?? column.id)}
            >
              <span className={styles.headerText}>{column.header}</span>
              {sort?.key === column.sortKey &&
                (sort.direction === 'descending' ? <ArrowDown /> : <ArrowUp />)}
            </button>
          )}
          <Resizer tableId={props.id} columnId={column.id} />
        </div>
      ))}
      <span className={styles.columnMenu} role="columnheader" aria-label="Columns and density">
        <ColumnMenu {...props} />
      </span>
    </div>
  );
}

/** The mouse's way to what Ctrl+A does, where the list can select what it has not loaded. */
function SelectAll<T>({ selectedCount, rowCount, onSelectAll, onSelectNone }: TableHeaderProps<T>) {
  if (onSelectAll === undefined) return <span className="visually-hidden">Selected</span>;
  const isAll = rowCount > 0 && selectedCount >= rowCount;
  return (
    <Checkbox
      size="xs"
      tabIndex={-1}
      aria-label="Select all rows"
      checked={isAll}
      indeterminate={selectedCount > 0 && !isAll}
      onChange={isAll ? onSelectNone : onSelectAll}
    />
  );
}

function changeLayout(tableId: string, change: (layout: ColumnLayout | undefined) => ColumnLayout): void {
  usePreferences.setState(({ columns }) => ({
    columns: { ...columns, [tableId]: change(columns[tableId]) },
  }));
}

/** Drag handle; the keyboard way is in the column menu. */
function Resizer({ tableId, columnId }: { readonly tableId: string; readonly columnId: string }) {
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    const handle = event.currentTarget;
    const widthPx = handle.parentElement?.getBoundingClientRect().width ?? 0;
    const startX = event.clientX;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => {
      changeLayout(tableId, (layout) => resizeColumn(layout, columnId, widthPx + move.clientX - startX));
    };
    handle.onpointerup = () => {
      handle.onpointermove = null;
    };
  };
  return <span className={styles.resizer} aria-hidden="true" onPointerDown={onPointerDown} />;
}

/** Which columns, in which order, how wide, how dense: everything by keyboard. */
function ColumnMenu<T>({ id, columns, placed }: TableHeaderProps<T>) {
  const layout = usePreferences((preferences) => preferences.columns[id]);
  const density = usePreferences((preferences) => preferences.density);
  const widthOf = (columnId: string) => placed.find(({ column }) => column.id === columnId)?.widthPx ?? 0;
  const ordered = [
    ...placed.map(({ column }) => column),
    ...columns.filter((column) => placed.every((other) => other.column.id !== column.id)),
  ];
  return (
    <Menu closeOnItemClick={false} width={280}>
      <Menu.Target>
        <Tooltip label="Columns and density">
          <ActionIcon size={22} aria-label="Columns and density">
            <Columns3 />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Rows</Menu.Label>
        <SegmentedControl
          size="xs"
          fullWidth
          value={density}
          data={['compact', 'default', 'roomy']}
          onChange={(value) => usePreferences.setState({ density: value })}
        />
        <Menu.Label>Columns</Menu.Label>
        <div className={styles.columnList}>
          {ordered.map((column) => {
            const shown = placed.some((other) => other.column.id === column.id);
            return (
              <div key={column.id} className={styles.columnItem}>
                <Checkbox
                  size="xs"
                  label={column.header}
                  checked={shown}
                  disabled={shown && placed.length === 1}
                  onChange={() => changeLayout(id, (old) => hideColumn(old, column.id, shown))}
                />
                {shown && (
                  <span className={styles.columnTools}>
                    <Tool
                      label={`Move ${column.header} left`}
                      onUse={() => changeLayout(id, () => moveColumn(columns, layout, column.id, -1))}
                    >
                      <ChevronLeft />
                    </Tool>
                    <Tool
                      label={`Move ${column.header} right`}
                      onUse={() => changeLayout(id, () => moveColumn(columns, layout, column.id, 1))}
                    >
                      <ChevronRight />
                    </Tool>
                    <Tool
                      label={`Narrow ${column.header}`}
                      onUse={() =>
                        changeLayout(id, (old) => resizeColumn(old, column.id, widthOf(column.id) - 24))
                      }
                    >
                      −
                    </Tool>
                    <Tool
                      label={`Widen ${column.header}`}
                      onUse={() =>
                        changeLayout(id, (old) => resizeColumn(old, column.id, widthOf(column.id) + 24))
                      }
                    >
                      +
                    </Tool>
                  </span>
                )}
              </div>
            );
          })}
        </div>
        <Menu.Divider />
        <Menu.Item onClick={() => changeLayout(id, () => ({ widths: {}, order: [], hidden: {} }))}>
          Reset columns
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ToolProps {
  readonly label: string;
  readonly onUse: () => void;
  readonly children: React.ReactNode;
}

function Tool({ label, onUse, children }: ToolProps) {
  return (
    <ActionIcon size={22} aria-label={label} title={label} onClick={onUse}>
      {children}
    </ActionIcon>
  );
}
