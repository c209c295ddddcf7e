import type { RuleDetailWire, sigmaRoutes } from '#shared/contract/sigma.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { LoadedRule } from '../../pipeline/commands.ts';
import type { RuleFires, StoreReader } from '../../store/interface/reader.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Call, Handlers } from '../kit/handler.ts';
import { listWire, pageOf, pageRequest } from '../kit/lists.ts';
import { problemToWire } from '../kit/problem-wire.ts';
import { selectRules } from './rule-list.ts';
import { ruleTimeline } from './timeline.ts';
import { ruleDetailToWire, ruleToWire, verdictToWire } from './wire.ts';

type SigmaDeps = Pick<ResourceDeps, 'reader' | 'commands' | 'clock'>;

/** Rules: list, detail, fires over time, switches, dry run and saving. */
export function sigmaHandlers(deps: SigmaDeps): Handlers<keyof typeof sigmaRoutes> {
  const { reader, clock } = deps;
  const { rules } = deps.commands;
  return {
    listRules: (call) => listRules(deps, call.query),
    getRule: ({ params }) => detail(reader, existingRule(deps, params.rule_id)),
    ruleTimeline: ({ params, query }) => {
      const rule = existingRule(deps, params.rule_id);
      return ruleTimeline(reader, rule.id, query, clock.now());
    },
    patchRule: async ({ params, body }) => {
      const rule = existingRule(deps, params.rule_id);
      const change = {
        ...(body.enabled === undefined ? {} : { enabled: body.enabled }),
        ...(body.level === undefined ? {} : { level: body.level }),
      };
      return detail(reader, await rules.patch(rule.id, change));
    },
    createRule: (call) => createRule(deps, call),
  };
}

async function listRules({ reader, commands }: SigmaDeps, query: Call<'listRules'>['query']) {
  const fires = firesById(await reader.ruleFires());
  const all = commands.rules.list().map((rule) => ruleToWire(rule, fires.get(rule.id) ?? null));
  const request = pageRequest(query);
  const page = pageOf(selectRules(all, query), request, (rule) => rule.id);
  return {
    ...listWire(page, request, (rule) => rule),
    rejected: commands.rules.problems().map(problemToWire),
  };
}

async function createRule({ commands, reader }: SigmaDeps, call: Call<'createRule'>) {
  const { yaml } = call.body;
  const verdict = await commands.rules.check(yaml);
  if (call.query.dry_run === 'true') {
    call.useAlternateStatus();
    return verdictToWire(verdict, null);
  }
  const saved = await commands.rules.create(yaml);
  return verdictToWire(verdict, await detail(reader, saved));
}

async function detail(reader: StoreReader, rule: LoadedRule): Promise<RuleDetailWire> {
  const fires = firesById(await reader.ruleFires());
  return ruleDetailToWire(rule, fires.get(rule.id) ?? null);
}

function existingRule({ commands }: SigmaDeps, id: string): LoadedRule {
  const rule = commands.rules.get(id);
  if (rule === null) throw new AppError('not_found', { what: `The rule ${id}` });
  return rule;
}

function firesById(fires: readonly RuleFires[]): ReadonlyMap<string, RuleFires> {
  return new Map(fires.map((one) => [one.ruleId, one]));
}
