import type { MessagePort } from 'node:worker_threads';
import { logsourceClues } from '../../enrich/logsource/clues.ts';
import type { ExplainOutcome } from '../../pipeline/rule-questions.ts';
import { systemClock } from '../../platform/clock.ts';
import { answerCalls } from '../../platform/worker-calls.ts';
import { askedEngine } from './asked-engine.ts';
import { askedEvent } from './asked-event.ts';
import type { QuestionWorkerMethods } from './messages.ts';

/** Runs inside the question worker: answers what one may ask about a rule. Keeps nothing between two questions. */
export function hostQuestions(port: MessagePort): void {
  answerCalls(port, { explain } satisfies QuestionWorkerMethods);
}

/** Why the rule matches the event, or why not. */
export function explain({
  rules,
  event: asked,
}: Parameters<QuestionWorkerMethods['explain']>[0]): ExplainOutcome {
  const compiled = askedEngine(rules);
  if (!compiled.ok) return compiled;
  const event = askedEvent(asked, systemClock.now());
  const explanation = compiled.engine.explain(compiled.ruleId, event);
  if (explanation === null) throw new Error(`The engine lost the rule ${compiled.ruleId}.`);
  const logsource = { ...explanation.logsource, resolvedFrom: logsourceClues(event.fields) };
  return { ok: true, explanation: { ...explanation, logsource }, event };
}
