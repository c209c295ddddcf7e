import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useLive } from '../../api/live.ts';
import { PageWindow, type PageAnswer, type PageRequest } from './page-window.ts';
import type { RowSource } from './row-source.ts';

/**
 * Rows of a list that stays in the core. `key` names the list: when it changes (another filter, a refresh) the
 * window starts again; `fetchPage` is read at that moment. `expectedCount` is a count from elsewhere, 0 for none.
 */
export function usePagedRows<T>(
  key: string,
  fetchPage: (request: PageRequest, signal: AbortSignal) => Promise<PageAnswer<T>>,
  expectedCount = 0,
): RowSource<T> {
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the key stands for everything fetchPage closes over
  const window = useMemo(() => new PageWindow(fetchPage), [key]);
  useEffect(() => {
    window.expect(expectedCount);
  }, [window, expectedCount]);
  const gapCount = useLive((live) => live.gapCount);
  useEffect(() => {
    // The core is back: what failed meanwhile is asked for again.
    if (window.state().error !== null) window.retry();
  }, [window, gapCount]);
  const state = useSyncExternalStore(window.subscribe, window.state);
  useEffect(() => {
    return () => {
      // In development React mounts twice with the same window; closing at once would end the one in use.
      setTimeout(() => {
        if (!window.isWatched()) window.close();
      });
    };
  }, [window]);
  return useMemo(
    () => ({
      count: state.count,
      countIsExact: state.countIsExact,
      isLoading: state.isLoading,
      error: state.error,
      row: window.row,
      show: window.show,
      retry: window.retry,
    }),
    [state, window],
  );
}
