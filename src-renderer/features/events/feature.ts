import { ListFilter } from 'lucide-react';
import type { Feature } from '../../workbench/feature.ts';

export const eventsFeature: Feature = {
  id: 'events',
  nav: { section: 'Investigate', label: 'Events', icon: ListFilter, path: '/events', goKey: 'e' },
  routes: [
    {
      path: '/events',
      title: 'Events',
      usesTimeRange: true,
      load: () => import('./EventsScreen.tsx').then((module) => module.EventsScreen),
    },
  ],
};
