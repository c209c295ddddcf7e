import type { Feature } from '../../workbench/feature.ts';

/** First run. Reached from the palette later on; it has no place in the sidebar. */
export const welcomeFeature: Feature = {
  id: 'welcome',
  routes: [
    {
      path: '/welcome',
      title: 'Welcome',
      usesTimeRange: false,
      load: () => import('./WelcomeScreen.tsx').then((module) => module.WelcomeScreen),
    },
  ],
};
