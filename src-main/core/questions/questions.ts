import { AppError } from '#shared/errors/app-error.ts';
import type { RuleCommands } from '../../pipeline/rule-commands.ts';
import type { AskedRule, RuleQuestions } from '../../pipeline/rule-questions.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { QuestionedRules } from './messages.ts';
import { QuestionWorker } from './question-worker.ts';
import { createVocabulary } from './vocabulary.ts';

/** One rule against one event takes milliseconds; a hostile expression or document must not take longer than this. */
const EXPLAIN_LIMIT_MS = 5_000;

export interface QuestionsOptions {
  readonly rules: Pick<RuleCommands, 'get' | 'list'>;
  readonly reader: Pick<StoreReader, 'fieldCensus'>;
  readonly clock: Clock;
  readonly anyLogsource: boolean;
}

export interface RunningQuestions extends RuleQuestions {
  stop(): Promise<void>;
}

/** Answers questions about rules, each in a worker that may be killed. */
export function createQuestions(options: QuestionsOptions): RunningQuestions {
  const { rules, reader, clock, anyLogsource } = options;
  const worker = new QuestionWorker();

  function questioned(asked: AskedRule): QuestionedRules {
    if (asked.kind === 'yaml') {
      const { yaml, ruleId } = asked;
      return { sources: [{ file: 'rule.yml', yaml }], ruleId, anyLogsource };
    }
    const rule = rules.get(asked.ruleId);
    if (rule === null) throw new AppError('not_found', { what: `The rule ${asked.ruleId}` });
    return { sources: [{ file: rule.file, yaml: rule.yaml }], ruleId: rule.id, anyLogsource };
  }

  return {
    explain: async ({ rule, event }) =>
      worker.call('explain', { rules: questioned(rule), event }, { limitMs: EXPLAIN_LIMIT_MS }),
    vocabulary: createVocabulary(reader, clock),
    stop: () => worker.stop(),
  };
}
