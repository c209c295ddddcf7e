import { LayoutDashboard } from 'lucide-react';
import type { Feature } from '../../workbench/feature.ts';

export const overviewFeature: Feature = {
  id: 'overview',
  nav: { section: 'Monitor', label: 'Overview', icon: LayoutDashboard, path: '/', goKey: 'o' },
  routes: [
    {
      path: '/',
      title: 'Overview',
      usesTimeRange: true,
      load: () => import('./OverviewScreen.tsx').then((module) => module.OverviewScreen),
    },
  ],
};
