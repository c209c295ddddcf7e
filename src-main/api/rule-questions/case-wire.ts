import type { RuleCasesWire } from '#shared/contract/rule-questions.ts';
import type { ResponseOf } from '#shared/contract/client.ts';
import { isoTimeOrNull } from '#shared/wire/time.ts';
import type { RuleCase, RuleCases, StatedLogsource, TestOutcome } from '../../pipeline/rule-questions.ts';
import type { Call } from '../kit/handler.ts';
import { problemToWire } from '../kit/problem-wire.ts';

type CaseBody = Call<'testRule'>['body']['cases'][number];

/** A case as the inside knows it. */
export function caseOfWire({ name, expect, event, logsource }: CaseBody): RuleCase {
  return { name, expect, record: event, logsource: statedOfWire(logsource) };
}

/** Without the parts that nobody stated: they must not hide what the record says. */
export function statedOfWire(logsource: CaseBody['logsource']): StatedLogsource | null {
  if (logsource === null) return null;
  const stated = Object.entries(logsource).filter(([, part]) => part !== null && part !== undefined);
  return Object.fromEntries(stated);
}

export function testToWire(outcome: TestOutcome): ResponseOf<'testRule'> {
  if (!outcome.ok)
    return { results: [], passed: 0, failed: 0, problems: outcome.problems.map(problemToWire) };
  return { results: [...outcome.results], ...countsOf(outcome), problems: [] };
}

export function casesToWire(ruleId: string, { cases, outcome, updatedTs }: RuleCases): RuleCasesWire {
  return {
    rule_id: ruleId,
    cases: cases.map(({ name, expect, record, logsource, origin }, index) => ({
      ...{ name, expect, event: { ...record }, logsource, origin },
      result: (outcome.ok ? outcome.results[index] : undefined) ?? null,
    })),
    ...countsOf(outcome),
    problems: outcome.ok ? [] : outcome.problems.map(problemToWire),
    updated_at: isoTimeOrNull(updatedTs),
  };
}

function countsOf(outcome: TestOutcome): { passed: number; failed: number } {
  const results = outcome.ok ? outcome.results : [];
  const passed = results.filter((one) => one.passed).length;
  return { passed, failed: results.length - passed };
}
