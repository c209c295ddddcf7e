import { Siren } from 'lucide-react';
import type { Feature } from '../../workbench/feature.ts';

export const alertsFeature: Feature = {
  id: 'alerts',
  nav: {
    section: 'Triage',
    label: 'Alerts',
    icon: Siren,
    path: '/alerts',
    goKey: 'a',
    badge: 'open-alerts',
  },
  routes: [
    {
      path: '/alerts',
      title: 'Alerts',
      usesTimeRange: true,
      load: () => import('./AlertsScreen.tsx').then((module) => module.AlertsScreen),
    },
    {
      path: '/alerts/$id',
      title: 'Alert',
      usesTimeRange: false,
      load: () => import('./AlertPage.tsx').then((module) => module.AlertPage),
    },
  ],
};
