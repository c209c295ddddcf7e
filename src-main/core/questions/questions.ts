import { AppError } from '#shared/errors/app-error.ts';
import type { RuleCommands } from '../../pipeline/rule-commands.ts';
import type { AskedRule, RuleCase, RuleCases, RuleQuestions } from '../../pipeline/rule-questions.ts';
import type { RuleSettings, RuleSettingsCommands } from '../../pipeline/rule-settings.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';
import { asSettings, readStoredSettings } from '../rules/stored-settings.ts';
import { DryRuns } from './dry-runs.ts';
import type { QuestionedRules } from './messages.ts';
import { QuestionWorker } from './question-worker.ts';
import { ownCases, saveOwnCases, shippedCases } from './rule-cases.ts';
import { createVocabulary } from './vocabulary.ts';

/**
 * One rule against one event takes milliseconds, starting the thread a second or two; a hostile expression or
 * document must not take longer than this.
 */
const EXPLAIN_LIMIT_MS = 10_000;
/** A rule may have 100 cases (contract). */
const TEST_LIMIT_MS = 20_000;

/** Correlations of correlations that are followed; the planner refuses circles. */
const MAX_CHAIN = 16;

export interface QuestionsOptions {
  readonly rules: Pick<RuleCommands, 'get' | 'list'>;
  readonly reader: Pick<StoreReader, 'fieldCensus' | 'records' | 'sweepEvents' | 'getEvent'>;
  readonly writer: Pick<StoreWriter, 'saveRecord' | 'deleteRecord'>;
  readonly clock: Clock;
  readonly anyLogsource: boolean;
  /** Files and folders of value lists and pipelines. */
  readonly settingPaths: Pick<RuleSettings, 'placeholderPaths' | 'pipelinePaths'>;
  readonly settings: Pick<RuleSettingsCommands, 'placeholders'>;
}

export interface RunningQuestions extends RuleQuestions {
  stop(): Promise<void>;
}

/** Answers questions about rules, each in a worker that may be killed. */
export function createQuestions(options: QuestionsOptions): RunningQuestions {
  const { rules, reader, writer, clock, anyLogsource } = options;
  const worker = new QuestionWorker();
  const dryRuns = new DryRuns(options);

  function known(ruleId: string): LoadedRule {
    const rule = rules.get(ruleId);
    if (rule === null) throw new AppError('not_found', { what: `The rule ${ruleId}` });
    return rule;
  }

  /** The rule in question with all that decides how it runs: filters, and what correlations refer to. */
  async function questioned(asked: AskedRule): Promise<QuestionedRules> {
    const first = asked.kind === 'yaml' ? { file: 'rule.yml', yaml: asked.yaml } : known(asked.ruleId);
    const sources = [sourceOf(first)];
    for (let round = 0; round < MAX_CHAIN; round++) {
      const missing = await worker.call('missingReferences', sources, { limitMs: EXPLAIN_LIMIT_MS });
      const found = rules
        .list()
        .filter(({ id, name }) => missing.includes(id) || missing.includes(name ?? ''));
      if (found.length === 0) break;
      sources.push(...found.map(sourceOf));
    }
    const filters = rules
      .list()
      .filter((one) => one.kind === 'filter' && one.enabled && one.id !== asked.ruleId);
    const settings = { ...options.settingPaths, ...asSettings(await readStoredSettings(reader)) };
    return { sources: [...sources, ...filters.map(sourceOf)], ruleId: asked.ruleId, anyLogsource, settings };
  }

  const test: RuleQuestions['test'] = async (rule, cases) =>
    worker.call('test', { rules: await questioned(rule), cases }, { limitMs: TEST_LIMIT_MS });

  async function allCases(ruleId: string): Promise<RuleCases> {
    const shipped = await shippedCases(known(ruleId));
    const { cases: own, updatedTs } = await ownCases(reader, ruleId);
    const outcome = await test({ kind: 'loaded', ruleId }, [...shipped, ...own]);
    const marked = (cases: readonly RuleCase[], origin: 'shipped' | 'own') =>
      cases.map((one) => ({ ...one, origin }));
    return { cases: [...marked(shipped, 'shipped'), ...marked(own, 'own')], outcome, updatedTs };
  }

  return {
    explain: async ({ rule, event }) =>
      worker.call('explain', { rules: await questioned(rule), event }, { limitMs: EXPLAIN_LIMIT_MS }),
    test,
    cases: allCases,
    dryRun: async (request, signal) => dryRuns.run(await questioned(request.rule), request, signal),
    saveCases: async (ruleId, cases) => {
      known(ruleId);
      await saveOwnCases(writer, ruleId, { cases, updatedTs: clock.now() });
      return allCases(ruleId);
    },
    vocabulary: createVocabulary(options),
    stop: async () => {
      await Promise.all([worker.stop(), dryRuns.stop()]);
    },
  };
}

function sourceOf({ file, yaml }: Pick<LoadedRule, 'file' | 'yaml'>): QuestionedRules['sources'][number] {
  return { file, yaml };
}
