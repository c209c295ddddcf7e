import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/**
 * The state of a screen that a link must carry (query, filters, time range) lives in the address, as plain
 * text: `#/events?q=4625&since=24h`. Back and forward then work by themselves.
 */
export type SearchParams = Readonly<Record<string, string>>;

/** Reads `?a=1&b=x` without guessing types: the query `4625` must stay text. */
export function parseSearch(search: string): SearchParams {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') params.set(name, value);
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

export function useSearchParams(): SearchParams {
  // The router is built from contributed routes, so its search type is open; parseSearch makes only strings.
  const search: SearchParams = useSearch({ strict: false });
  return search;
}

/**
 * Changes some parameters of the current address; `undefined` or empty removes one. A new entry in the history
 * unless `replace`: a step that a person may want to take back is pushed. What comes while another screen is on its
 * way (a filter typed a moment before) is dropped: the address is that screen's already.
 */
export function useSetSearch(): (
  change: Readonly<Record<string, string | undefined>>,
  options?: { readonly replace?: boolean },
) => void {
  const navigate = useNavigate();
  const router = useRouter();
  return useCallback(
    (change, options) => {
      const { location, resolvedLocation = location } = router.state;
      if (location.pathname !== resolvedLocation.pathname) return;
      void navigate({
        to: '.',
        search: (previous: SearchParams) => ({ ...previous, ...change }),
        replace: options?.replace ?? false,
      });
    },
    [navigate, router],
  );
}
