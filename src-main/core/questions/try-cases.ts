import { AppError } from '#shared/errors/app-error.ts';
import type { CaseResult, RuleCase, TestOutcome } from '../../pipeline/rule-questions.ts';
import { askedEngine, type EngineInQuestion } from './asked-engine.ts';
import { askedEvent } from './asked-event.ts';
import type { QuestionedRules } from './messages.ts';

/** Tries each case by itself, as if its event were the only one. */
export function tryCases(
  { rules, cases }: { readonly rules: QuestionedRules; readonly cases: readonly RuleCase[] },
  nowMs: number,
): TestOutcome {
  const compiled = askedEngine(rules);
  if (!compiled.ok) return compiled;
  return { ok: true, results: cases.map((one) => tryCase(one, compiled, nowMs)) };
}

function tryCase(
  { expect, record, logsource }: RuleCase,
  asked: EngineInQuestion,
  nowMs: number,
): CaseResult {
  const { engine, ruleId } = asked;
  try {
    const event = askedEvent({ kind: 'record', record, logsource }, nowMs);
    const explanation = engine.explain(ruleId, event);
    // A correlation that one event fulfils is found by collecting from that event alone.
    const matched = explanation?.matched ?? engine.correlate(engine.collect([event]).matches).length > 0;
    const summary = explanation?.summary ?? 'Each case is one event; a correlation mostly needs several.';
    return { matched, passed: matched === (expect === 'match'), summary };
  } catch (error) {
    // A record that cannot be read fails its own case, not the others.
    if (!(error instanceof AppError)) throw error;
    return { matched: false, passed: false, summary: error.message };
  }
}
