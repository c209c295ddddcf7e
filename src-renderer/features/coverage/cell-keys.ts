/** Cell that an arrow key moves to in a grid of columns of different heights; null when the key is none of ours. */
export function nextCell(
  columns: readonly (readonly string[])[],
  current: string,
  key: string,
): string | null {
  const column = columns.findIndex((keys) => keys.includes(current));
  const own = columns[column] ?? [];
  const row = own.indexOf(current);
  switch (key) {
    case 'ArrowUp':
      return own[Math.max(0, row - 1)] ?? null;
    case 'ArrowDown':
      return own[Math.min(row + 1, own.length - 1)] ?? null;
    case 'ArrowLeft':
      return besides(columns.slice(0, column).reverse(), row) ?? current;
    case 'ArrowRight':
      return besides(columns.slice(column + 1), row) ?? current;
    case 'Home':
      return own[0] ?? null;
    case 'End':
      return own.at(-1) ?? null;
    default:
      return null;
  }
}

/** The same row of the nearest column that has any cell, or its last one. */
function besides(columns: readonly (readonly string[])[], row: number): string | undefined {
  const column = columns.find((keys) => keys.length > 0);
  return column?.[Math.min(row, column.length - 1)];
}
