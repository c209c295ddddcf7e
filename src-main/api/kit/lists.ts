import type { Page, PageRequest } from '../../store/interface/reader.ts';

interface PagingQuery {
  readonly limit: number;
  readonly offset?: number | undefined;
  readonly skip?: number | undefined;
  readonly cursor?: string | undefined;
}

/** Envelope of every list; see `listOf` of the contract. */
interface ListWire<T> {
  items: T[];
  total: number;
  total_is_exact: boolean;
  limit: number;
  offset: number;
  has_more: boolean;
  next_cursor: string | null;
}

/** `skip` is document 001's word for `offset`. */
export function pageRequest(query: PagingQuery): PageRequest {
  return { limit: query.limit, offset: query.offset ?? query.skip ?? 0, cursor: query.cursor ?? null };
}

/** The envelope around one page. */
export function listWire<T, W>(page: Page<T>, request: PageRequest, toWire: (item: T) => W): ListWire<W> {
  return {
    items: page.items.map(toWire),
    total: page.total,
    total_is_exact: page.totalIsExact,
    limit: request.limit,
    offset: request.offset,
    has_more: page.nextCursor !== null,
    next_cursor: page.nextCursor,
  };
}

/** Cuts one page from a list that is small enough to be in memory. The cursor is the id of the last item seen. */
export function pageOf<T>(all: readonly T[], request: PageRequest, idOf: (item: T) => string): Page<T> {
  const start = startOf(all, request, idOf);
  const items = all.slice(start, start + request.limit);
  const last = items.at(-1);
  const hasMore = start + items.length < all.length;
  return {
    items,
    total: all.length,
    totalIsExact: true,
    nextCursor: hasMore && last !== undefined ? idOf(last) : null,
  };
}

function startOf<T>(all: readonly T[], request: PageRequest, idOf: (item: T) => string): number {
  if (request.cursor === null) return request.offset;
  const index = all.findIndex((item) => idOf(item) === request.cursor);
  // An item that is gone since ends the list rather than starting it again for ever.
  return index === -1 ? all.length : index + 1;
}
