import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type SearchMiddleware,
} from '@tanstack/react-router';
import { parseSearch, stringifySearch, type SearchParams } from '../workbench/search-params.ts';
import type { ScreenRoute } from '../workbench/feature.ts';
import { features } from './features.ts';
import { NotFound } from './NotFound.tsx';
import { ScreenError } from './ScreenError.tsx';
import { Shell } from './Shell.tsx';
import { SkeletonRows } from '../ui/SkeletonRows.tsx';

/** Carries the time range over to the next screen unless the link states one; an empty one clears it. */
const keepTimeRange: SearchMiddleware<SearchParams> = ({ search, next }) => {
  const { since, until } = search;
  const merged = {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...next(search),
  };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
};

const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  validateSearch: (search): SearchParams => search as SearchParams,
  // The time range belongs to the person, not to the screen: it stays until somebody changes it.
  search: { middlewares: [keepTimeRange] },
});

const screens: readonly ScreenRoute[] = [
  ...features.flatMap((feature) => feature.routes),
  ...(import.meta.env.DEV ? [galleryRoute()] : []),
];

const routeTree = rootRoute.addChildren(
  screens.map((screen) =>
    createRoute({
      getParentRoute: () => rootRoute,
      path: screen.path,
      staticData: { title: screen.title, usesTimeRange: screen.usesTimeRange },
      component: lazyRouteComponent(async () => ({ default: await screen.load() })),
      pendingComponent: SkeletonRows,
      errorComponent: ScreenError,
    }),
  ),
);

/** Hash history: the same build works from a file, from `app://` and from the core at any path. */
export const router = createRouter({
  routeTree,
  history: createHashHistory(),
  parseSearch,
  stringifySearch,
  defaultPendingMs: 100,
  scrollRestoration: false,
});

function galleryRoute(): ScreenRoute {
  return {
    path: '/dev/gallery',
    title: 'Gallery',
    usesTimeRange: false,
    load: () => import('./dev/Gallery.tsx').then((module) => module.Gallery),
  };
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    readonly title?: string;
    readonly usesTimeRange?: boolean;
  }
}
