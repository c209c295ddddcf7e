import { answerCalls, type CallPort } from '../../platform/worker-calls.ts';
import { judgeImport } from './judge.ts';
import type { RuleImportWorkerMethods } from './messages.ts';

/** Runs inside the worker of one import of rules. */
export function hostRuleImport(port: CallPort): void {
  answerCalls(port, { judge: judgeImport } satisfies RuleImportWorkerMethods);
}
