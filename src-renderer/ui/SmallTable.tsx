import type { ReactNode } from 'react';
import styles from './SmallTable.module.css';

export interface SmallColumn<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  readonly align?: 'start' | 'end';
  /** Takes the rest of the width and cuts long text. */
  readonly grows?: boolean;
}

interface SmallTableProps<T> {
  readonly label: string;
  readonly columns: readonly SmallColumn<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
}

/** A handful of rows inside a panel. Long lists take `DataTable`. */
export function SmallTable<T>({ label, columns, rows, rowKey }: SmallTableProps<T>) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" data-align={column.align} data-grows={column.grows}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column) => (
              <td key={column.id} data-align={column.align} data-grows={column.grows}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
