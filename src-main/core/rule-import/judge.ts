import { compileRules } from '../../detect/sigma/compile-rules.ts';
import { joinDocuments, type SigmaDocuments } from '../../detect/sigma/document/documents.ts';
import { parseRules, type ParsedFile } from '../../detect/sigma/document/parse-rule.ts';
import { loadSettings } from '../../detect/sigma/processing/load-settings.ts';
import type { ImportedRule } from '../../pipeline/rule-commands.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';
import { neighboursOf } from '../detection/rule-neighbours.ts';
import { documentsOf, ownText, type SigmaDocument } from '../detection/rule-set.ts';
import { seenInStore } from '../detection/seen-in-store.ts';
import { changedFields } from './changed-fields.ts';
import type { ExistingRule, RuleImportAnswer, RuleImportRequest, TakenRule } from './messages.ts';
import { RuleTexts, type RefusedFile } from './rule-texts.ts';

/** Says what would become of every rule of an import. Reads and compiles; changes nothing. */
export async function judgeImport(request: RuleImportRequest): Promise<RuleImportAnswer> {
  const read = new RuleTexts();
  for (const { path, label } of request.inputs) await read.add(path, label);
  const files = read.texts.map(({ file, text }) => parseRules(text, file));
  const judgement = new Judgement(request, files);
  return {
    files: read.texts.length,
    others: read.others,
    rules: [
      ...read.refused.map(unreadable),
      ...files.flatMap((file, index) => judgement.of(file, read.texts[index]?.file ?? '')),
    ],
    taken: judgement.taken,
  };
}

class Judgement {
  readonly taken: TakenRule[] = [];
  readonly #existing: ReadonlyMap<string, ExistingRule>;
  /** File that brought each id first. */
  readonly #first = new Map<string, string>();
  readonly #usable: ReadonlySet<string>;
  readonly #problems: ReadonlyMap<string, readonly RuleProblem[]>;
  readonly #neverMatching: ReadonlyMap<string, string>;

  constructor({ existing, census, ...request }: RuleImportRequest, files: readonly ParsedFile[]) {
    this.#existing = new Map(existing.map((rule) => [rule.id, rule]));
    const { placeholders, pipelines } = loadSettings(request.settings);
    const { anyLogsource } = request;
    const documents = joinDocuments([...files, neighbours(files, existing)]);
    const engine = compileRules(documents, { anyLogsource, placeholders, pipelines });
    this.#usable = new Set([...engine.ruleIds, ...engine.filterIds]);
    this.#problems = Map.groupBy(engine.problems, ({ file }) => file);
    const unmatchable = census.length === 0 ? [] : engine.unmatchable(seenInStore(census));
    this.#neverMatching = new Map(unmatchable.map(({ ruleId, reason }) => [ruleId, reason]));
  }

  /** What becomes of the rules of one file, and of what in it is no rule. */
  of(parsed: ParsedFile, file: string): readonly ImportedRule[] {
    const errors = parsed.problems.filter(({ severity }) => severity === 'error');
    const documents = documentsOf(parsed);
    const invalid = errors.length === 0 ? [] : [{ ...NO_RULE, file, problems: errors }];
    const warnings = parsed.problems.filter(({ severity }) => severity === 'warning');
    const rules = documents.map((document, index) => ({
      ...this.#ruleOf(document),
      // Warnings name lines of the file; its first rule carries them.
      problems: [...(index === 0 ? warnings : []), ...this.#compileProblems(document)],
    }));
    if (documents.length > 0 || errors.length > 0) return [...invalid, ...rules];
    return [{ ...NO_RULE, file, reason: 'It holds no rule.', problems: warnings }];
  }

  #ruleOf(document: SigmaDocument): ImportedRule {
    const { id, title, file } = document;
    const about = { ...NO_RULE, file, ruleId: id, title };
    const first = this.#first.get(id);
    if (first !== undefined) {
      return {
        ...about,
        outcome: 'duplicate_id',
        reason: `${first} has the id ${id} too; that one was taken.`,
      };
    }
    this.#first.set(id, file);
    if (!this.#usable.has(id)) return { ...about, outcome: 'unsupported' };
    const yaml = ownText(document);
    const existing = this.#existing.get(id);
    const neverMatches = this.#neverMatching.get(id) ?? null;
    const changed = existing === undefined ? [] : changedFields(existing.yaml, yaml);
    if (existing !== undefined && changed.length === 0)
      return { ...about, outcome: 'unchanged', neverMatches };
    this.taken.push({ id, yaml });
    return {
      ...about,
      outcome: existing === undefined ? 'added' : 'changed',
      changedFields: changed,
      neverMatches,
    };
  }

  #compileProblems({ id, file }: SigmaDocument): readonly RuleProblem[] {
    return this.#usable.has(id) ? [] : (this.#problems.get(file) ?? []);
  }
}

const NO_RULE: ImportedRule = {
  file: '',
  outcome: 'invalid',
  ruleId: null,
  title: '',
  changedFields: [],
  reason: '',
  neverMatches: null,
  problems: [],
};

function unreadable({ file, reason }: RefusedFile): ImportedRule {
  return { ...NO_RULE, file, outcome: 'unreadable', reason };
}

/** What correlations and filters of the import refer to among the rules that there are. */
function neighbours(files: readonly ParsedFile[], existing: readonly ExistingRule[]): SigmaDocuments {
  const imported = joinDocuments(files);
  if (imported.correlations.length + imported.filters.length === 0) return joinDocuments([]);
  const parsed = existing.map(({ yaml, file, id }) => {
    const { rules, correlations, filters } = parseRules(yaml, file);
    const own = <T extends SigmaDocument>(documents: readonly T[]): readonly T[] =>
      documents.filter((document) => document.id === id);
    return { rules: own(rules), correlations: own(correlations), filters: own(filters) };
  });
  return neighboursOf(imported, joinDocuments(parsed));
}
