import type { DetectionCommands, DetectionRun } from '../../pipeline/detection-commands.ts';
import { sampleDetectionRule, sampleEvent, sampleSuppression } from './samples.ts';

export const sampleRun: DetectionRun = {
  id: 'run',
  ruleId: sampleDetectionRule.id,
  trigger: 'manual',
  status: 'completed',
  reason: null,
  startedTs: 1,
  finishedTs: 2,
  matches: 4,
  suppressed: 1,
  alerts: 0,
  sampleIds: [sampleEvent.id],
};

/** Test support: one rule with one suppression; every change is answered as if it were kept. */
export function fakeDetections(): DetectionCommands {
  return {
    list: () => [sampleDetectionRule],
    get: (id) => (id === sampleDetectionRule.id ? sampleDetectionRule : null),
    create: (text, owner) => Promise.resolve({ ...sampleDetectionRule, ...text, owner }),
    update: (_id, text) => Promise.resolve({ ...sampleDetectionRule, ...text }),
    remove: () => Promise.resolve(),
    run: () => Promise.resolve({ run: sampleRun, matches: [sampleEvent] }),
    suppressions: () => [sampleSuppression],
    previewSuppression: () => Promise.resolve({ matches: 4, covered: 1 }),
    suppress: (ruleId, text, owner) =>
      Promise.resolve({ ...text, id: 'new', ruleId, owner, createdTs: sampleSuppression.createdTs }),
    removeSuppression: (_ruleId, id) => Promise.resolve(id === sampleSuppression.id),
  };
}
