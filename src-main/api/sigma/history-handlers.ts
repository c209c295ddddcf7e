import type { ruleHistoryRoutes, RuleVersionWire } from '#shared/contract/rule-history.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isoTime } from '#shared/wire/time.ts';
import type { RuleVersion } from '../../store/interface/rules.ts';
import type { Handlers } from '../kit/handler.ts';
import { changeNote, ruleDetail, type SigmaDeps } from './rule-detail.ts';

/** The text of rules over time: replace, remove, versions, restore. */
export function ruleHistoryHandlers(deps: SigmaDeps): Handlers<keyof typeof ruleHistoryRoutes> {
  const { reader } = deps;
  const { rules } = deps.commands;
  return {
    updateRule: async ({ params, body, caller }) => {
      const edit = { yaml: body.yaml, baseVersion: body.base_version ?? null };
      return ruleDetail(deps, await rules.update(params.rule_id, edit, changeNote(caller, body.reason)));
    },
    deleteRule: ({ params, query, caller }) =>
      rules.remove(params.rule_id, changeNote(caller, query.reason)).then(() => undefined),
    ruleVersions: async ({ params }) => {
      const history = await reader.ruleHistory(params.rule_id);
      const exists = rules.get(params.rule_id) !== null;
      if (!exists && history.length === 0) {
        throw new AppError('not_found', { what: `The rule ${params.rule_id}` });
      }
      return { rule_id: params.rule_id, exists, items: history.map(entryToWire) };
    },
    ruleVersion: async ({ params }) => {
      const { rule_id: ruleId, version } = params;
      const entry = await reader.ruleVersion(ruleId, version);
      if (entry === null) {
        throw new AppError('not_found', { what: `Version ${version} of the rule ${ruleId}` });
      }
      return {
        ...entryToWire(entry),
        rule_id: ruleId,
        yaml: entry.yaml,
        previous_version: entry.previous?.version ?? null,
        previous_yaml: entry.previous?.yaml ?? null,
      };
    },
    restoreRule: async ({ params, body, caller }) => {
      const note = changeNote(caller, body.reason);
      return ruleDetail(deps, await rules.restore(params.rule_id, body.version, note));
    },
  };
}

function entryToWire(entry: RuleVersion): RuleVersionWire {
  return {
    version: entry.version,
    at: isoTime(entry.ts),
    author: entry.author,
    action: entry.action,
    reason: entry.reason,
    enabled: entry.enabled,
    level_override: entry.levelOverride,
    has_text: entry.hasText,
  };
}
