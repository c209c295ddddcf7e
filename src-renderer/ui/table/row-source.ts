/** Rows as a table reads them: any number of them, of which only some are here. */
export interface RowSource<T> {
  readonly count: number;
  /** False: at least this many. */
  readonly countIsExact: boolean;
  /** Undefined while that row is not here yet. */
  readonly row: (index: number) => T | undefined;
  /** The table shows these rows now; the source fetches what is missing. */
  readonly show: (first: number, last: number) => void;
  /** Nothing is here yet. */
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Rows that are all here: rules, imports, anything of a few thousand. */
export function arraySource<T>(
  items: readonly T[] | undefined,
  state: { readonly error?: unknown; readonly retry?: () => void } = {},
): RowSource<T> {
  return {
    count: items?.length ?? 0,
    countIsExact: true,
    row: (index) => items?.[index],
    show: () => undefined,
    isLoading: items === undefined && (state.error ?? null) === null,
    error: items === undefined ? (state.error ?? null) : null,
    retry: state.retry ?? (() => undefined),
  };
}
