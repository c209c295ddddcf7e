/** Rows per request: the most that the API gives. Fewer, larger requests, because lists are rate-limited. */
export const PAGE_ROWS = 500;
/** Pages kept: 10,000 rows, as far as anybody scrolls back without a pause. */
const MAX_PAGES = 20;
/** The API's largest offset; further down only the cursor goes, row after row. */
const MAX_OFFSET = 1_000_000;

export interface PageRequest {
  readonly limit: number;
  /** Where the page before this one ended. Stable while rows arrive; used wherever it is known. */
  readonly cursor?: string;
  /** Only after a jump (End, a drag of the scroll bar) into rows whose neighbours are not here. */
  readonly offset?: number;
}

export interface PageAnswer<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly total_is_exact: boolean;
  readonly has_more: boolean;
  readonly next_cursor: string | null;
}

export interface PageWindowState {
  /** Rises with every change; what a subscriber compares. */
  readonly version: number;
  readonly count: number;
  readonly countIsExact: boolean;
  readonly isLoading: boolean;
  readonly error: unknown;
}

/**
 * A window of pages over a list of up to a million rows that stays in the core. Fetches what is shown and the
 * page after it, one request at a time with the latest need first, and forgets the pages unseen for longest.
 */
export class PageWindow<T> {
  readonly #fetchPage: (request: PageRequest, signal: AbortSignal) => Promise<PageAnswer<T>>;
  readonly #pages = new Map<number, PageAnswer<T>>();
  readonly #listeners = new Set<() => void>();
  readonly #abort = new AbortController();
  #wanted: readonly number[] = [0];
  #running = false;
  #hint = 0;
  #state: PageWindowState = { version: 0, count: 0, countIsExact: false, isLoading: true, error: null };

  constructor(fetchPage: (request: PageRequest, signal: AbortSignal) => Promise<PageAnswer<T>>) {
    this.#fetchPage = fetchPage;
  }

  state = (): PageWindowState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    void this.#run();
    return () => this.#listeners.delete(listener);
  };

  row = (index: number): T | undefined =>
    this.#pages.get(Math.floor(index / PAGE_ROWS))?.items[index % PAGE_ROWS];

  show = (first: number, last: number): void => {
    const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
    const to = Math.floor(Math.max(0, last) / PAGE_ROWS);
    const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const ahead = (to + 1) * PAGE_ROWS < this.#state.count ? [to + 1] : [];
    this.#wanted = [...pages, ...ahead];
    void this.#run();
  };

  retry = (): void => {
    this.#change({ error: null, isLoading: this.#pages.size === 0 });
    void this.#run();
  };

  /** Sets the number of rows as somebody else counted it (a chart): lists are counted exactly only so far. */
  expect(count: number): void {
    this.#hint = count;
    // Before any row is here a count would turn an error into a list of rows that never come.
    if (this.#pages.size === 0 || this.#state.countIsExact || count <= this.#state.count) return;
    this.#change({ count, countIsExact: true });
  }

  isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Ends the window: answers under way are dropped. */
  close(): void {
    this.#abort.abort();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let page = this.#next(); page !== undefined; page = this.#next()) {
        const answer = await this.#fetchPage(this.#request(page), this.#abort.signal);
        this.#keep(page, answer);
      }
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#change({ error, isLoading: false });
    } finally {
      this.#running = false;
    }
  }

  /** The next page to fetch; none while an error waits for `retry`. */
  #next(): number | undefined {
    if (this.#abort.signal.aborted || this.#state.error !== null) return undefined;
    return this.#wanted.find((page) => !this.#pages.has(page) && !this.#isPastEnd(page));
  }

  #isPastEnd(page: number): boolean {
    return page > 0 && (page * PAGE_ROWS >= this.#state.count || page * PAGE_ROWS > MAX_OFFSET);
  }

  #request(page: number): PageRequest {
    const cursor = this.#pages.get(page - 1)?.next_cursor;
    if (typeof cursor === 'string') return { limit: PAGE_ROWS, cursor };
    return page === 0 ? { limit: PAGE_ROWS } : { limit: PAGE_ROWS, offset: page * PAGE_ROWS };
  }

  #keep(page: number, answer: PageAnswer<T>): void {
    this.#pages.delete(page);
    this.#pages.set(page, answer);
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= MAX_PAGES) break;
      if (!this.#wanted.includes(old)) this.#pages.delete(old);
    }
    this.#change({ ...this.#counted(page, answer), isLoading: false });
  }

  /** What is known of the number of rows: the core counts exactly only so far, and a last page settles it. */
  #counted(page: number, answer: PageAnswer<T>): { readonly count: number; readonly countIsExact: boolean } {
    const seen = page * PAGE_ROWS + answer.items.length;
    if (!answer.has_more && answer.items.length > 0) return { count: seen, countIsExact: true };
    if (this.#state.countIsExact && page > 0) return this.#state;
    const atLeast = seen + (answer.has_more ? 1 : 0);
    const counted = Math.max(answer.total, atLeast, page === 0 ? 0 : this.#state.count);
    const countIsExact = answer.total_is_exact || this.#hint > counted;
    return { count: Math.max(counted, this.#hint), countIsExact };
  }

  #change(change: Partial<PageWindowState>): void {
    this.#state = { ...this.#state, ...change, version: this.#state.version + 1 };
    for (const listener of this.#listeners) listener();
  }
}
