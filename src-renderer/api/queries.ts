import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { RequestOf, ResponseOf } from '#shared/contract/client.ts';
import type { RouteName } from '#shared/contract/index.ts';
import { ApiError } from './api-error.ts';
import { callApi } from './client.ts';

/** Tries twice more when the core did not answer or was busy; a refused request is final. */
function shouldRetry(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiError && [0, 429, 503].includes(error.status);
}

function retryDelayMs(attempt: number, error: Error): number {
  const asked = error instanceof ApiError ? error.retryAfterSeconds : null;
  return asked === null ? 300 * 2 ** attempt + Math.random() * 200 : asked * 1000;
}

/** The cache of this window. Frames of the stream update or invalidate it (live.ts). */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: shouldRetry,
      retryDelay: retryDelayMs,
      staleTime: 5000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

export interface ApiQueryOptions {
  readonly enabled?: boolean;
  readonly refetchIntervalMs?: number;
  /** For answers that hardly change: how long one is used before it is asked for again. */
  readonly staleMs?: number;
  /** Show the previous answer while the next one loads (a filter changed). */
  readonly keepPrevious?: boolean;
}

/** Reads one route through the cache. The key is the route's name and the request. */
export function useApi<N extends RouteName>(
  name: N,
  request: RequestOf<N>,
  options: ApiQueryOptions = {},
): UseQueryResult<ResponseOf<N>> {
  return useQuery({
    queryKey: [name, request],
    queryFn: ({ signal }): Promise<ResponseOf<N>> => callApi(name, request, { signal }),
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchIntervalMs ?? false,
    ...(options.staleMs !== undefined && { staleTime: options.staleMs }),
    // keepPreviousData hands back what it gets; TypeScript cannot relate that to a generic answer.
    ...(options.keepPrevious === true && { placeholderData: keepPreviousData }),
  });
}

/** Writes through one route, then reloads what the listed routes had loaded. */
export function useApiMutation<N extends RouteName>(
  name: N,
  options: { readonly invalidates: readonly RouteName[] },
): UseMutationResult<ResponseOf<N>, Error, RequestOf<N>> {
  const client = useQueryClient();
  return useMutation<ResponseOf<N>, Error, RequestOf<N>>({
    mutationFn: (request) => callApi(name, request),
    onSuccess: () => invalidateRoutes(client, options.invalidates),
  });
}

/** Marks every loaded answer of these routes as stale; those on screen load again. */
export async function invalidateRoutes(client: QueryClient, names: readonly RouteName[]): Promise<void> {
  await Promise.all(names.map((name) => client.invalidateQueries({ queryKey: [name] })));
}
