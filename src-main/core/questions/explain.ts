import type { LogEvent } from '#shared/model/event.ts';
import { explainCorrelation } from '../../detect/sigma/explain/explain-correlation.ts';
import { logsourceClues } from '../../enrich/logsource/clues.ts';
import type { AskedEvent, ExplainOutcome, RuleExplanation } from '../../pipeline/rule-questions.ts';
import { askedEngine, type EngineInQuestion } from './asked-engine.ts';
import { askedEvent } from './asked-event.ts';
import type { QuestionedRules } from './messages.ts';

/** Why the rule in question matches the event, or why not. `nowMs` is when a record counts as observed. */
export function explainAsked(
  { rules, event: asked }: { readonly rules: QuestionedRules; readonly event: AskedEvent },
  nowMs: number,
): ExplainOutcome {
  const compiled = askedEngine(rules);
  if (!compiled.ok) return compiled;
  const event = askedEvent(asked, nowMs);
  const { documents, ruleId } = compiled;
  const explain = (id: string): RuleExplanation | null => explanationOf(compiled, id, event);
  const explanation = explain(ruleId);
  if (explanation !== null) return { ok: true, kind: 'rule', explanation, event };
  const correlation = documents.correlations.find(({ id }) => id === ruleId);
  if (correlation === undefined) throw new Error(`The engine lost the rule ${ruleId}.`);
  const explained = explainCorrelation({ correlation, documents, event, explain });
  return { ok: true, kind: 'correlation', correlation: explained, event };
}

/** The engine's explanation with what the enricher knows; null for what is no single rule. */
function explanationOf(
  { engine }: EngineInQuestion,
  ruleId: string,
  event: LogEvent,
): RuleExplanation | null {
  const explanation = engine.explain(ruleId, event);
  if (explanation === null) return null;
  const logsource = { ...explanation.logsource, resolvedFrom: logsourceClues(event.fields) };
  return { ...explanation, logsource };
}
