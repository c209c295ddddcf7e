import { AppError } from '#shared/errors/app-error.ts';
import type { RuleCommands, RuleSwitches } from '../../pipeline/rule-commands.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';
import type { RuleRecord } from '../../store/interface/rules.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';
import { RuleBook, type RuleBookOptions } from './rule-book.ts';

export interface RulesOptions extends RuleBookOptions {
  readonly writer: Pick<StoreWriter, 'saveRules'>;
}

/** Loads the rule set into the detector and answers for it. What an analyst changes is stored before it takes effect. */
export async function createRules(options: RulesOptions): Promise<RuleCommands> {
  const { clock, detector, writer } = options;
  const book = new RuleBook(options);
  await book.load('start');

  async function create(yaml: string): ReturnType<RuleCommands['create']> {
    const verdict = await detector.check(yaml);
    const [error] = verdict.problems.filter((problem) => problem.severity === 'error');
    const { ruleId } = verdict;
    if (error !== undefined || ruleId === null) throw invalid(error);
    if (book.get(ruleId) !== null) {
      throw new AppError('conflict', { reason: `A rule with the id ${ruleId} exists already` });
    }
    const updatedTs = clock.now();
    await writer.saveRules([
      { ruleId, origin: 'custom', yaml, enabled: true, levelOverride: null, updatedTs },
    ]);
    await book.load('change');
    return book.known(ruleId);
  }

  async function change(
    ruleIds: readonly string[],
    switches: RuleSwitches,
  ): ReturnType<RuleCommands['change']> {
    const updatedTs = clock.now();
    const records = ruleIds.map((ruleId): RuleRecord => {
      const { enabled, levelOverride, origin } = book.known(ruleId);
      return {
        ruleId,
        origin,
        yaml: book.record(ruleId)?.yaml ?? null,
        enabled: switches.enabled ?? enabled,
        levelOverride: switches.level === undefined ? levelOverride : switches.level,
        updatedTs,
      };
    });
    await writer.saveRules(records);
    const patches = records.map(({ ruleId, enabled, levelOverride }) => ({ ruleId, enabled, levelOverride }));
    return book.patch(records, patches);
  }

  return {
    list: () => book.list(),
    get: (ruleId) => book.get(ruleId),
    problems: () => book.problems,
    check: (yaml) => detector.check(yaml),
    create,
    change,
    async neverMatches() {
      const { unmatchable } = await detector.inspect();
      return new Map(unmatchable.map(({ ruleId, reason }) => [ruleId, reason]));
    },
    async engine() {
      const { items, fields, heapBytes } = await detector.inspect();
      return { loadedTs: book.loadedTs, lastReload: book.lastReload, items, fields, heapBytes };
    },
    async reload() {
      // The report holds the error; the old rules go on.
      await book.load('request').catch(() => undefined);
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
