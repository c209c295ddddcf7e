import type { MessagePort } from 'node:worker_threads';
import { systemClock } from '../../platform/clock.ts';
import { answerCalls } from '../../platform/worker-calls.ts';
import { askedEngine, missingReferences } from './asked-engine.ts';
import { explainAsked } from './explain.ts';
import { HostedDryRun } from './hosted-dry-run.ts';
import type { QuestionWorkerMethods } from './messages.ts';
import { tryCases } from './try-cases.ts';

/** Runs inside the question worker: answers what one may ask about a rule. Keeps a dry run, nothing else. */
export function hostQuestions(port: MessagePort): void {
  let running: HostedDryRun | null = null;
  const dryRun = (): HostedDryRun => {
    if (running === null) throw new Error('A dry run was fed before it was opened.');
    return running;
  };
  answerCalls(port, {
    missingReferences,
    explain: (request) => explainAsked(request, systemClock.now()),
    test: (request) => tryCases(request, systemClock.now()),
    openDryRun(rules) {
      const asked = askedEngine(rules);
      if (!asked.ok) return asked;
      running = new HostedDryRun(asked);
      return { ok: true, ruleId: asked.ruleId, prefilter: asked.engine.prefilter() };
    },
    dryRun: (events) => dryRun().take(events),
    endDryRun: () => dryRun().end(),
  } satisfies QuestionWorkerMethods);
}
