import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { RouteName } from '#shared/contract/index.ts';
import { ApiError } from './api-error.ts';
import { callApi, type ApiAnswer, type ApiRequest } from './client.ts';

/** Tries once more when the core did not answer or was busy; a refused request is final. */
function shouldRetry(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiError && [0, 429, 503].includes(error.status);
}

/** The cache of this window. Frames of the stream update or invalidate it (live.ts). */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: shouldRetry,
      retryDelay: (attempt, error) =>
        error instanceof ApiError && error.retryAfterSeconds !== null
          ? error.retryAfterSeconds * 1000
          : 300 * 2 ** attempt + Math.random() * 200,
      staleTime: 5000,
      refetchOnWindowFocus: false,
    },
  },
});

/** Key of one call: first the route's name, so that `invalidateRoutes` finds every variant. */
export function apiKey<N extends RouteName>(name: N, request: Omit<ApiRequest<N>, 'signal'>): readonly unknown[] {
  return [name, request];
}

export interface ApiQueryOptions {
  readonly enabled?: boolean;
  readonly refetchIntervalMs?: number;
  /** Show the previous answer while the next one loads (a filter changed). */
  readonly keepPrevious?: boolean;
}

/** Reads one route through the cache. */
export function useApi<N extends RouteName>(
  name: N,
  request: Omit<ApiRequest<N>, 'signal'>,
  options: ApiQueryOptions = {},
): UseQueryResult<ApiAnswer<N>> {
  return useQuery<ApiAnswer<N>>({
    queryKey: apiKey(name, request),
    queryFn: ({ signal }) => callApi(name, { ...request, signal } as ApiRequest<N>),
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchIntervalMs ?? false,
    ...(options.keepPrevious === true && { placeholderData: keepPreviousData as never }),
  });
}

/** Writes through one route, then reloads what the listed routes had loaded. */
export function useApiMutation<N extends RouteName>(
  name: N,
  options: { readonly invalidates: readonly RouteName[] },
): UseMutationResult<ApiAnswer<N>, Error, ApiRequest<N>> {
  const client = useQueryClient();
  return useMutation<ApiAnswer<N>, Error, ApiRequest<N>>({
    mutationFn: (request) => callApi(name, request),
    onSuccess: () => invalidateRoutes(client, options.invalidates),
  });
}

/** Marks every loaded answer of these routes as stale; those on screen load again. */
export async function invalidateRoutes(client: QueryClient, names: readonly RouteName[]): Promise<void> {
  await Promise.all(names.map((name) => client.invalidateQueries({ queryKey: [name] })));
}
