import type { ruleQuestionRoutes } from '#shared/contract/rule-questions.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { AskedEvent, AskedRule } from '../../pipeline/rule-questions.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Call, Handlers } from '../kit/handler.ts';
import { spanOf } from '../kit/filters.ts';
import { problemToWire } from '../kit/problem-wire.ts';
import { caseOfWire, casesToWire, statedOfWire, testToWire } from './case-wire.ts';
import { dryRunToWire } from './dry-run-wire.ts';
import { correlationToWire, explanationToWire, vocabularyToWire } from './wire.ts';

type QuestionDeps = Pick<ResourceDeps, 'reader' | 'commands' | 'attack' | 'clock'>;

/** What one may ask about rules: why, and with which words. */
export function ruleQuestionHandlers(deps: QuestionDeps): Handlers<keyof typeof ruleQuestionRoutes> {
  const { questions } = deps.commands;
  return {
    explainRule: (call) => explainRule(deps, call),
    dryRunRule: (call) => dryRunRule(deps, call),
    testRule: async ({ body }) => {
      const outcome = await questions.test(askedRule(body), body.cases.map(caseOfWire));
      return testToWire(outcome);
    },
    getRuleCases: async ({ params }) => casesToWire(params.rule_id, await questions.cases(params.rule_id)),
    putRuleCases: async ({ params, body }) => {
      const saved = await questions.saveCases(params.rule_id, body.cases.map(caseOfWire));
      return casesToWire(params.rule_id, saved);
    },
    ruleVocabulary: async () => vocabularyToWire(await questions.vocabulary(), deps.attack),
  };
}

async function explainRule(deps: QuestionDeps, { body }: Call<'explainRule'>) {
  const rule = askedRule(body);
  const { questions, rules } = deps.commands;
  const outcome = await questions.explain({ rule, event: await askedEvent(deps, body) });
  const nothing = { explanation: null, correlation: null, problems: [] };
  if (!outcome.ok) return { ...nothing, problems: outcome.problems.map(problemToWire) };
  const { event } = outcome;
  if (outcome.kind === 'correlation') {
    return { ...nothing, correlation: correlationToWire(outcome.correlation, event) };
  }
  const enabled = rule.kind === 'yaml' || rules.get(rule.ruleId)?.enabled !== false;
  return { ...nothing, explanation: explanationToWire(outcome.explanation, event, enabled) };
}

/** What is looked at when nobody says. */
const DEFAULT_SPAN = '24h';

async function dryRunRule({ commands, clock }: QuestionDeps, { body, signal }: Call<'dryRunRule'>) {
  const { until, import_id: importId = null, sample } = body;
  const isOpen = body.since === undefined && until === undefined && importId === null;
  const span = spanOf({ since: isOpen ? DEFAULT_SPAN : body.since, until }, clock.now());
  const outcome = await commands.questions.dryRun(
    { rule: askedRule(body), ...span, importId, sample },
    signal,
  );
  if (!outcome.ok) return { report: null, problems: outcome.problems.map(problemToWire) };
  return { report: dryRunToWire(outcome.report, span), problems: [] };
}

interface RuleBody {
  readonly rule_id?: string | undefined;
  readonly yaml?: string | undefined;
}

/** The contract demands one of the two. */
function askedRule({ rule_id, yaml }: RuleBody): AskedRule {
  if (yaml !== undefined) return { kind: 'yaml', yaml, ruleId: rule_id ?? null };
  return { kind: 'loaded', ruleId: rule_id ?? '' };
}

async function askedEvent({ reader }: QuestionDeps, body: Call<'explainRule'>['body']): Promise<AskedEvent> {
  const { event_id: id, event: record = {}, logsource } = body;
  if (id === undefined) return { kind: 'record', record, logsource: statedOfWire(logsource ?? null) };
  const event = await reader.getEvent(id);
  if (event === null) throw new AppError('not_found', { what: `The event ${id}` });
  return { kind: 'stored', event };
}
