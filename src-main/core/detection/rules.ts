import { AppError } from '#shared/errors/app-error.ts';
import type { Level } from '#shared/model/severity.ts';
import type { LoadedRule, RuleCommands, RuleProblem } from '../../pipeline/commands.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { RuleRecord } from '../../store/interface/rules.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';
import type { DetectorClient } from './detector-client.ts';
import type { RuleSetRequest } from './messages.ts';

export interface RulesOptions {
  readonly detector: DetectorClient;
  readonly writer: Pick<StoreWriter, 'saveRule'>;
  readonly reader: Pick<StoreReader, 'rules'>;
  readonly sources: Pick<RuleSetRequest, 'shippedPaths' | 'folderPaths' | 'anyLogsource'>;
  readonly clock: Clock;
}

/** Loads the rule set into the detector and answers for it. What an analyst changes is stored before it takes effect. */
export async function createRules(options: RulesOptions): Promise<RuleCommands> {
  let records: RuleRecord[] = [];
  let byId: ReadonlyMap<string, LoadedRule> = new Map();
  let problems: readonly RuleProblem[] = [];

  async function load(): Promise<void> {
    records = [...(await options.reader.rules())];
    const report = await options.detector.load({ ...options.sources, records });
    byId = new Map(report.rules.map((rule) => [rule.id, rule]));
    problems = report.problems;
  }

  function known(ruleId: string): LoadedRule {
    const rule = byId.get(ruleId);
    if (rule === undefined) throw new AppError('not_found', { what: `Rule ${ruleId}` });
    return rule;
  }

  async function save(record: Omit<RuleRecord, 'updatedTs'>): Promise<void> {
    const complete = { ...record, updatedTs: options.clock.now() };
    await options.writer.saveRule(complete);
    records = [...records.filter((one) => one.ruleId !== record.ruleId), complete];
  }

  await load();
  return {
    list: () => [...byId.values()],
    get: (ruleId) => byId.get(ruleId) ?? null,
    problems: () => problems,
    check: (yaml) => options.detector.check(yaml),
    async create(yaml) {
      const verdict = await options.detector.check(yaml);
      const [error] = verdict.problems.filter((problem) => problem.severity === 'error');
      if (error !== undefined || verdict.ruleId === null) throw invalid(error);
      if (byId.has(verdict.ruleId)) {
        throw new AppError('conflict', { reason: `A rule with the id ${verdict.ruleId} exists already` });
      }
      await save({ ruleId: verdict.ruleId, origin: 'custom', yaml, enabled: true, levelOverride: null });
      await load();
      return known(verdict.ruleId);
    },
    async patch(ruleId, change) {
      const rule = known(ruleId);
      const enabled = change.enabled ?? rule.enabled;
      const levelOverride = change.level === undefined ? rule.levelOverride : change.level;
      await save({ ruleId, origin: rule.origin, yaml: customYaml(records, ruleId), enabled, levelOverride });
      await options.detector.patch({ ruleId, enabled, levelOverride });
      const patched: LoadedRule = { ...rule, enabled, levelOverride: levelOverride satisfies Level | null };
      byId = new Map(byId).set(ruleId, patched);
      return patched;
    },
  };
}

function invalid(problem: RuleProblem | undefined): AppError {
  const reason =
    problem === undefined
      ? 'it has no id'
      : `line ${problem.line}, column ${problem.column}: ${problem.message}`;
  return new AppError('rule_invalid', { reason });
}

function customYaml(records: readonly RuleRecord[], ruleId: string): string | null {
  return records.find((record) => record.ruleId === ruleId)?.yaml ?? null;
}
