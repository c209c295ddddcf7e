import { compileRules } from '../../detect/sigma/compile-rules.ts';
import type { SigmaEngine } from '../../detect/sigma/engine.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import type { RuleSetReport, RuleSetRequest } from './messages.ts';
import { RuleReader } from './rule-reader.ts';
import { assembleRules } from './rule-set.ts';

export interface LoadedEngine {
  readonly engine: SigmaEngine;
  readonly report: RuleSetReport;
}

/**
 * Makes engines from rule sets, in the thread that also examines events. Reading lets batches pass in between;
 * compiling does not, and takes under half a second for all rules of SigmaHQ.
 */
export class RuleLoader {
  readonly #reader = new RuleReader();

  /** Throws when files hold rules and none of them compiles: a set that detects nothing replaces no other. */
  async load(request: RuleSetRequest): Promise<LoadedEngine> {
    const shipped = await this.#reader.read(request.shippedPaths);
    const folders = await this.#reader.read(request.folderPaths);
    const set = assembleRules({ shipped, folders, records: request.records });
    const engine = compileRules(set.documents, {
      anyLogsource: request.anyLogsource,
      disabledFilters: disabledFilters(set.rules),
    });
    const problems = [...shipped.problems, ...folders.problems, ...set.problems, ...engine.problems];
    const running = new Set([...engine.ruleIds, ...engine.filterIds]);
    const rules = set.rules.filter((rule) => running.has(rule.id));
    if (rules.length === 0 && problems.some(({ severity }) => severity === 'error')) {
      throw new Error(
        `None of the rules can be used: ${problems.length} problems, the first in ${String(problems[0]?.file)}.`,
      );
    }
    for (const { id, enabled, levelOverride } of rules) {
      engine.setEnabled(id, enabled);
      engine.setLevel(id, levelOverride);
    }
    return { engine, report: { rules, problems, kept: [...shipped.kept, ...folders.kept] } };
  }
}

function disabledFilters(rules: readonly LoadedRule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ id, kind, enabled }) => (kind === 'filter' && !enabled ? [id] : [])));
}
