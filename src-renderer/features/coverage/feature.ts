import { Grid3x3 } from 'lucide-react';
import type { Feature } from '../../workbench/feature.ts';

export const coverageFeature: Feature = {
  id: 'coverage',
  nav: { section: 'Detect', label: 'Coverage', icon: Grid3x3, path: '/coverage', goKey: 'c' },
  routes: [
    {
      path: '/coverage',
      title: 'ATT&CK coverage',
      usesTimeRange: false,
      load: () => import('./CoverageScreen.tsx').then((module) => module.CoverageScreen),
    },
  ],
};
