import { describe, expect, it } from 'vitest';
import { PAGE_ROWS, PageWindow, type PageAnswer, type PageRequest } from './page-window.ts';

/** A list of numbers as the core would page it: by cursor (the next row) or by offset. */
function core(total: number, exactUpTo = 100_000) {
  const requests: PageRequest[] = [];
  const fail = { next: false };
  function fetchPage(request: PageRequest): Promise<PageAnswer<number>> {
    requests.push(request);
    if (fail.next) {
      fail.next = false;
      return Promise.reject(new Error('down'));
    }
    const from = request.cursor === undefined ? (request.offset ?? 0) : Number(request.cursor);
    const to = Math.min(total, from + request.limit);
    return Promise.resolve({
      items: Array.from({ length: to - from }, (_, index) => from + index),
      total: Math.min(total, exactUpTo),
      total_is_exact: total <= exactUpTo,
      has_more: to < total,
      next_cursor: to < total ? String(to) : null,
    });
  }
  return { requests, fail, fetchPage };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('PageWindow', () => {
  it('loads the first page when somebody looks, and counts', async () => {
    const { requests, fetchPage } = core(1234);
    const window = new PageWindow(fetchPage);
    expect(requests).toEqual([]);
    window.subscribe(() => undefined);
    await settle();
    expect(requests).toEqual([{ limit: PAGE_ROWS }]);
    expect(window.state()).toMatchObject({ count: 1234, countIsExact: true, isLoading: false });
    expect(window.row(PAGE_ROWS - 1)).toBe(PAGE_ROWS - 1);
    expect(window.row(PAGE_ROWS)).toBeUndefined();
  });

  it('goes on by cursor, and jumps by offset', async () => {
    const { requests, fetchPage } = core(1_000_000);
    const window = new PageWindow(fetchPage);
    window.subscribe(() => undefined);
    await settle();
    window.show(450, 550);
    await settle();
    expect(requests.slice(1).every((request) => request.cursor !== undefined)).toBe(true);
    expect(window.row(550)).toBe(550);
    window.show(70_000, 70_040);
    await settle();
    expect(requests.some((request) => request.offset === 70_000)).toBe(true);
    expect(window.row(70_040)).toBe(70_040);
  });

  it('grows past an inexact count, and settles at the last page', async () => {
    const total = PAGE_ROWS * 3 + 7;
    const { fetchPage } = core(total, PAGE_ROWS * 2);
    const window = new PageWindow(fetchPage);
    window.subscribe(() => undefined);
    await settle();
    for (let step = 0; step < 4; step += 1) {
      window.show(window.state().count - 10, window.state().count - 1);
      await settle();
    }
    expect(window.state()).toMatchObject({ count: total, countIsExact: true });
    expect(window.row(total - 1)).toBe(total - 1);
  });

  it('takes the count of somebody who counted them all, so that End is the end', async () => {
    const { fetchPage } = core(1_000_000);
    const window = new PageWindow(fetchPage);
    window.subscribe(() => undefined);
    window.expect(1_000_000);
    await settle();
    expect(window.state()).toMatchObject({ count: 1_000_000, countIsExact: true });
    window.show(999_960, 999_999);
    await settle();
    expect(window.row(999_999)).toBe(999_999);
  });

  it('stops at an error and goes on after a retry', async () => {
    const { requests, fail, fetchPage } = core(50);
    const window = new PageWindow(fetchPage);
    fail.next = true;
    window.subscribe(() => undefined);
    await settle();
    expect(window.state().error).toBeInstanceOf(Error);
    window.show(0, 40);
    await settle();
    expect(requests).toHaveLength(1);
    window.retry();
    await settle();
    expect(window.state()).toMatchObject({ error: null, count: 50 });
  });

  it('shows an error as an error, whatever somebody else counted', async () => {
    const { fail, fetchPage } = core(50);
    const window = new PageWindow(fetchPage);
    fail.next = true;
    window.subscribe(() => undefined);
    await settle();
    window.expect(50);
    expect(window.state()).toMatchObject({ count: 0, isLoading: false });
    window.retry();
    expect(window.state().isLoading).toBe(true);
    await settle();
    expect(window.state()).toMatchObject({ count: 50, isLoading: false });
  });

  it('holds a bounded number of rows', async () => {
    const { fetchPage } = core(1_000_000);
    const window = new PageWindow(fetchPage);
    window.subscribe(() => undefined);
    await settle();
    for (let page = 0; page < 120; page += 1) {
      window.show(page * PAGE_ROWS, page * PAGE_ROWS + 40);
      await settle();
    }
    expect(window.row(0)).toBeUndefined();
    expect(window.row(119 * PAGE_ROWS)).toBe(119 * PAGE_ROWS);
  });

  it('says there is nothing when there is nothing', async () => {
    const { fetchPage } = core(0);
    const window = new PageWindow(fetchPage);
    window.subscribe(() => undefined);
    await settle();
    expect(window.state()).toMatchObject({ count: 0, countIsExact: true, isLoading: false });
  });
});
