import type { sigmaEngineRoutes } from '#shared/contract/sigma-engine.ts';
import type { RuleWire, sigmaRoutes } from '#shared/contract/sigma.ts';
import type { RuleSwitches } from '../../pipeline/rule-commands.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import type { Call, Handlers } from '../kit/handler.ts';
import { listWire, pageOf, pageRequest } from '../kit/lists.ts';
import { problemToWire } from '../kit/problem-wire.ts';
import { engineToWire } from './engine-wire.ts';
import {
  changeNote,
  existingRule,
  ruleDetail,
  ruleOrItsEnd,
  rulesLives,
  type SigmaDeps,
} from './rule-detail.ts';
import { selectRules, type RuleFilter } from './rule-list.ts';
import { joinTexts } from './join-texts.ts';
import { ruleTimeline } from './timeline.ts';
import { ruleToWire, verdictToWire } from './wire.ts';

/** Rules: list, detail, fires over time, switches, dry run, saving, export; and the engine that runs them. */
export function sigmaHandlers(
  deps: SigmaDeps,
): Handlers<keyof typeof sigmaRoutes | keyof typeof sigmaEngineRoutes> {
  const { reader, clock } = deps;
  const { rules } = deps.commands;
  return {
    listRules: (call) => listRules(deps, call.query),
    getRule: async ({ params }) => ruleDetail(deps, await ruleOrItsEnd(deps, params.rule_id)),
    ruleTimeline: ({ params, query }) => {
      const rule = existingRule(deps, params.rule_id);
      return ruleTimeline(reader, rule.id, query, clock.now());
    },
    patchRule: async ({ params, body, caller }) => {
      const rule = existingRule(deps, params.rule_id);
      const [changed] = await rules.change([rule.id], switchesOf(body), changeNote(caller, body.reason));
      return ruleDetail(deps, changed ?? rule);
    },
    changeRules: async ({ body, caller }) => {
      const named = body.ids ?? (await chosenRules(deps, body.filter ?? {})).map(({ id }) => id);
      const selected = [...new Set(named)];
      const switches = switchesOf(body);
      const wanted = selected.filter((id) => differs(existingRule(deps, id), switches));
      await rules.change(wanted, switches, changeNote(caller, body.reason));
      return { selected: selected.length, rule_ids: wanted };
    },
    exportRules: async ({ query }) => {
      const ids = query.ids ?? (await chosenRules(deps, query)).map(({ id }) => id);
      return joinTexts(ids.map((id) => existingRule(deps, id).yaml));
    },
    createRule: (call) => createRule(deps, call),
    getEngine: () => engine(deps),
    reloadEngine: async () => {
      await rules.reload();
      return engine(deps);
    },
  };
}

async function listRules(deps: SigmaDeps, query: Call<'listRules'>['query']) {
  const request = pageRequest(query);
  const page = pageOf(await chosenRules(deps, query, query.sort), request, (rule) => rule.id);
  return {
    ...listWire(page, request, (rule) => rule),
    rejected: deps.commands.rules.problems().map(problemToWire),
  };
}

async function chosenRules(
  deps: SigmaDeps,
  filter: RuleFilter,
  order?: Call<'listRules'>['query']['sort'],
): Promise<readonly RuleWire[]> {
  const lives = await rulesLives(deps);
  const all = deps.commands.rules.list().map((rule) => ruleToWire(rule, lives(rule.id)));
  return selectRules(all, filter, order);
}

async function createRule(deps: SigmaDeps, call: Call<'createRule'>) {
  const { rules } = deps.commands;
  const { yaml, reason } = call.body;
  const verdict = await rules.check(yaml);
  if (call.query.dry_run === 'true') {
    call.useAlternateStatus();
    return verdictToWire(verdict, null);
  }
  const saved = await rules.create(yaml, changeNote(call.caller, reason));
  return verdictToWire(verdict, await ruleDetail(deps, saved));
}

async function engine({ commands: { rules } }: SigmaDeps) {
  const [status, neverMatching] = await Promise.all([rules.engine(), rules.neverMatches()]);
  return engineToWire(status, { rules: rules.list(), problems: rules.problems(), neverMatching });
}

function switchesOf({ enabled, level }: Pick<Call<'patchRule'>['body'], 'enabled' | 'level'>): RuleSwitches {
  return { ...(enabled === undefined ? {} : { enabled }), ...(level === undefined ? {} : { level }) };
}

function differs(rule: LoadedRule, { enabled, level }: RuleSwitches): boolean {
  return (
    (enabled !== undefined && rule.enabled !== enabled) ||
    (level !== undefined && rule.levelOverride !== level)
  );
}
