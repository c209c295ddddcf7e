import type { MessagePort } from 'node:worker_threads';
import { logsourceClues } from '../../enrich/logsource/clues.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { SigmaEngine } from '../../detect/sigma/engine.ts';
import { fromColumns } from '../../pipeline/columns.ts';
import type { CaseResult, ExplainOutcome, RuleCase, TestOutcome } from '../../pipeline/rule-questions.ts';
import { systemClock } from '../../platform/clock.ts';
import { answerCalls } from '../../platform/worker-calls.ts';
import { askedEngine } from './asked-engine.ts';
import { askedEvent } from './asked-event.ts';
import type { QuestionWorkerMethods } from './messages.ts';

/** Runs inside the question worker: answers what one may ask about a rule. Keeps the engine of a dry run, nothing else. */
export function hostQuestions(port: MessagePort): void {
  let running: { readonly engine: SigmaEngine; readonly ruleId: string } | null = null;
  answerCalls(port, {
    explain,
    test,
    openDryRun(rules) {
      const compiled = askedEngine(rules);
      if (!compiled.ok) return compiled;
      running = compiled;
      return { ok: true, ruleId: compiled.ruleId, prefilter: compiled.engine.prefilter() };
    },
    dryRun(columns) {
      if (running === null) throw new Error('A dry run was fed before it was opened.');
      const { engine, ruleId } = running;
      const found = engine.detect(fromColumns(columns)).filter((detection) => detection.ruleId === ruleId);
      return { ids: found.map(({ eventId }) => eventId), eventTs: found.map(({ eventTs }) => eventTs) };
    },
  } satisfies QuestionWorkerMethods);
}

/** Why the rule matches the event, or why not. */
function explain({ rules, event: asked }: Parameters<QuestionWorkerMethods['explain']>[0]): ExplainOutcome {
  const compiled = askedEngine(rules);
  if (!compiled.ok) return compiled;
  const event = askedEvent(asked, systemClock.now());
  const explanation = compiled.engine.explain(compiled.ruleId, event);
  if (explanation === null) throw new Error(`The engine lost the rule ${compiled.ruleId}.`);
  const logsource = { ...explanation.logsource, resolvedFrom: logsourceClues(event.fields) };
  return { ok: true, explanation: { ...explanation, logsource }, event };
}

/** Tries each case by itself, as if its event were the only one. */
function test({ rules, cases }: Parameters<QuestionWorkerMethods['test']>[0]): TestOutcome {
  const compiled = askedEngine(rules);
  if (!compiled.ok) return compiled;
  const { engine, ruleId } = compiled;
  return { ok: true, results: cases.map((one) => tryCase(one, engine, ruleId)) };
}

function tryCase({ expect, record, logsource }: RuleCase, engine: SigmaEngine, ruleId: string): CaseResult {
  try {
    const event = askedEvent({ kind: 'record', record, logsource }, systemClock.now());
    const explanation = engine.explain(ruleId, event);
    const matched = explanation?.matched === true;
    return { matched, passed: matched === (expect === 'match'), summary: explanation?.summary ?? '' };
  } catch (error) {
    // A record that cannot be read fails its own case, not the others.
    if (!(error instanceof AppError)) throw error;
    return { matched: false, passed: false, summary: error.message };
  }
}
