import { compileRules } from '../../detect/sigma/compile-rules.ts';
import type { SigmaEngine } from '../../detect/sigma/engine.ts';
import { countPlaceholders } from '../../detect/sigma/processing/count-placeholders.ts';
import { loadSettings } from '../../detect/sigma/processing/load-settings.ts';
import type { LoadedRule, RuleProblem, RuleVerdict } from '../../pipeline/rules.ts';
import type { RuleSetReport, RuleSetRequest } from './messages.ts';
import { verdictOf, type CheckContext } from './rule-check.ts';
import { RuleReader } from './rule-reader.ts';
import { assembleRules } from './rule-set.ts';
import { StoredTexts } from './stored-texts.ts';

export interface LoadedEngine {
  readonly engine: SigmaEngine;
  readonly report: RuleSetReport;
}

/**
 * Makes engines from rule sets, in the thread that also examines events. Reading lets batches pass in between;
 * compiling does not (decision 0007).
 */
export class RuleLoader {
  readonly #reader = new RuleReader();
  readonly #texts = new StoredTexts();
  /** Rules of folders that the engine before had. */
  #folderRules = 0;
  #context: CheckContext | undefined;

  /**
   * Throws when the folders held rules and now none of what they hold can be used: a copy or checkout that is under
   * way replaces nothing.
   */
  async load(request: RuleSetRequest): Promise<LoadedEngine> {
    // Taken first: what changes while it is read makes the watch look again.
    const fingerprint = await this.fingerprint(watchedPaths(request));
    const shipped = await this.#reader.read(request.shippedPaths);
    const folders = await this.#reader.read(request.folderPaths);
    const { records } = request;
    const set = await assembleRules({ shipped, folders, records, texts: this.#texts });
    const settings = loadSettings(request.settings);
    const engine = compileRules(set.documents, {
      anyLogsource: request.anyLogsource,
      disabledFilters: disabledFilters(set.rules),
      ...settings,
    });
    const running = new Set([...engine.ruleIds, ...engine.filterIds]);
    const rules = set.rules.filter((rule) => running.has(rule.id));
    const problems = [settings, shipped, folders, set, engine].flatMap((part) => part.problems);
    this.#refuseUseless(rules, problems);
    for (const { id, enabled, levelOverride } of rules) {
      engine.setEnabled(id, enabled);
      engine.setLevel(id, levelOverride);
    }
    this.#context = { options: settings, documents: set.documents };
    const { fromFiles } = settings;
    const kept = [...shipped.kept, ...folders.kept];
    const placeholderUse = Object.fromEntries(countPlaceholders(set.documents));
    return { engine, report: { rules, problems, kept, fingerprint, placeholderUse, fromFiles } };
  }

  /** Verdict on a text as if it were loaded beside the rules that run. */
  check(yaml: string): RuleVerdict {
    return verdictOf(yaml, this.#context);
  }

  /** See `RuleReader.fingerprint`. */
  fingerprint(paths: readonly string[]): Promise<string> {
    return this.#reader.fingerprint(paths);
  }

  #refuseUseless(rules: readonly LoadedRule[], problems: readonly RuleProblem[]): void {
    const fromFolders = rules.filter(({ origin }) => origin === 'folder').length;
    const first = problems.find(({ severity }) => severity === 'error');
    if (this.#folderRules > 0 && fromFolders === 0 && first !== undefined) {
      throw new Error(
        `No rule of the folders can be used any more; those from before go on. First problem: ${first.file}: ${first.message}`,
      );
    }
    this.#folderRules = fromFolders;
  }
}

function disabledFilters(rules: readonly LoadedRule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ id, kind, enabled }) => (kind === 'filter' && !enabled ? [id] : [])));
}

/** Everything outside of the store that decides which rules run and how. What is shipped changes with Harrier only. */
function watchedPaths({ folderPaths, settings }: RuleSetRequest): readonly string[] {
  return [...folderPaths, ...settings.placeholderPaths, ...settings.pipelinePaths];
}
