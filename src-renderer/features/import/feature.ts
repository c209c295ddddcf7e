import { FolderInput } from 'lucide-react';
import type { Feature } from '../../workbench/feature.ts';

export const importFeature: Feature = {
  id: 'import',
  nav: { section: 'Evidence', label: 'Import', icon: FolderInput, path: '/import', goKey: 'i' },
  routes: [
    {
      path: '/import',
      title: 'Import evidence',
      usesTimeRange: false,
      load: () => import('./ImportScreen.tsx').then((module) => module.ImportScreen),
    },
  ],
};
