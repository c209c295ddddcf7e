import { ScrollText } from 'lucide-react';
import type { Feature } from '../../workbench/feature.ts';

export const rulesFeature: Feature = {
  id: 'rules',
  nav: { section: 'Detect', label: 'Rules', icon: ScrollText, path: '/rules', goKey: 'r' },
  routes: [
    {
      path: '/rules',
      title: 'Rules',
      usesTimeRange: false,
      load: () => import('./list/RulesRoute.tsx').then((module) => module.RulesRoute),
    },
    {
      path: '/rules/new',
      title: 'New rule',
      usesTimeRange: false,
      load: () => import('./editor/NewRulePage.tsx').then((module) => module.NewRulePage),
    },
    {
      path: '/rules/import',
      title: 'Import rules',
      usesTimeRange: false,
      load: () => import('./import/ImportRulesPage.tsx').then((module) => module.ImportRulesPage),
    },
    {
      path: '/rules/placeholders',
      title: 'Value lists',
      usesTimeRange: false,
      load: () => import('./settings/PlaceholdersPage.tsx').then((module) => module.PlaceholdersPage),
    },
    {
      path: '/rules/pipelines',
      title: 'Pipelines',
      usesTimeRange: false,
      load: () => import('./settings/PipelinesPage.tsx').then((module) => module.PipelinesPage),
    },
    {
      path: '/rules/explain',
      title: 'Test a rule',
      usesTimeRange: false,
      load: () => import('./explain/ExplainPage.tsx').then((module) => module.ExplainPage),
    },
    {
      path: '/rules/scheduled/new',
      title: 'New scheduled rule',
      usesTimeRange: false,
      load: () => import('./scheduled/NewScheduledPage.tsx').then((module) => module.NewScheduledPage),
    },
    {
      path: '/rules/scheduled/$id',
      title: 'Scheduled rule',
      usesTimeRange: false,
      load: () => import('./scheduled/ScheduledPage.tsx').then((module) => module.ScheduledPage),
    },
    {
      path: '/rules/$id/edit',
      title: 'Edit rule',
      usesTimeRange: false,
      load: () => import('./editor/EditRulePage.tsx').then((module) => module.EditRulePage),
    },
    {
      path: '/rules/$id',
      title: 'Rule',
      usesTimeRange: false,
      load: () => import('./RuleRoute.tsx').then((module) => module.RuleRoute),
    },
  ],
};
