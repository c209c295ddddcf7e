import { alertRoutes } from './alerts.ts';
import { attackLayerRoutes } from './attack-layers.ts';
import { authRoutes } from './auth.ts';
import { coverageRoutes } from './coverage.ts';
import { detectionVerdictRoutes } from './detection-verdicts.ts';
import { detectionRoutes } from './detections.ts';
import { eventRoutes } from './events.ts';
import { feedbackRoutes } from './feedback.ts';
import { importRoutes } from './imports.ts';
import { ruleHistoryRoutes } from './rule-history.ts';
import { ruleImportRoutes } from './rule-import.ts';
import type { Route } from './route.ts';
import { ruleNotesRoutes } from './rule-notes.ts';
import { ruleQuestionRoutes } from './rule-questions.ts';
import { ruleSettingsRoutes } from './rule-settings.ts';
import { sigmaEngineRoutes } from './sigma-engine.ts';
import { ruleActivityRoutes } from './rule-activity.ts';
import { savedViewRoutes } from './saved-views.ts';
import { sigmaRoutes } from './sigma.ts';
import { suggestionRoutes } from './suggestions.ts';
import { systemRoutes } from './system.ts';
import { threatRoutes } from './threats.ts';

/** THE route table. A route that is not here does not exist; a test walks it. */
export const routes = {
  ...systemRoutes,
  ...authRoutes,
  ...eventRoutes,
  ...alertRoutes,
  ...feedbackRoutes,
  ...sigmaRoutes,
  ...ruleNotesRoutes,
  ...ruleQuestionRoutes,
  ...detectionRoutes,
  ...detectionVerdictRoutes,
  ...suggestionRoutes,
  ...ruleHistoryRoutes,
  ...ruleImportRoutes,
  ...ruleSettingsRoutes,
  ...sigmaEngineRoutes,
  ...ruleActivityRoutes,
  ...savedViewRoutes,
  ...coverageRoutes,
  ...attackLayerRoutes,
  ...threatRoutes,
  ...importRoutes,
} as const satisfies Readonly<Record<string, Route>>;

export type RouteName = keyof typeof routes;
