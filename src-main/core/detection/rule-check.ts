import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import { compileAll, type CompileOptions } from '../../detect/sigma/compile-rules.ts';
import { joinDocuments, type SigmaDocuments } from '../../detect/sigma/document/documents.ts';
import { parseRules } from '../../detect/sigma/document/parse-rule.ts';
import { lintRules } from '../../detect/sigma/lint/lint-rules.ts';
import type { RuleStage, RuleVerdict } from '../../pipeline/rules.ts';
import { loadAttackCatalogue } from '../attack-facts.ts';
import { neighboursOf } from './rule-neighbours.ts';
import { documentsOf, ownText } from './rule-set.ts';

/** Read when the first rule is checked. */
let attack: AttackCatalogue | null = null;

/** What a text would be loaded beside. */
export interface CheckContext {
  /** How rules are compiled there. */
  readonly options: Partial<CompileOptions>;
  /** The documents that run, which correlations and filters may refer to. */
  readonly documents: SigmaDocuments;
}

const ALONE: CheckContext = { options: {}, documents: joinDocuments([]) };

/** Name of the text in problems. */
const FILE = 'rule.yml';

/** Three-stage verdict on a YAML text of one or more rules, with what the linter says of those that would run. */
export function verdictOf(yaml: string, context: CheckContext = ALONE): RuleVerdict {
  const { problems, ...documents } = parseRules(yaml, FILE);
  const failed = (stage: RuleStage): boolean =>
    problems.some((problem) => problem.stage === stage && problem.severity === 'error');
  const parsed = !failed('yaml');
  const shaped = parsed && !failed('schema');
  const compiled = shaped ? compiledBeside(documents, context) : null;
  const meaning = (compiled?.problems ?? []).filter(({ file }) => file === FILE);
  attack ??= loadAttackCatalogue();
  const own = (compiled?.rules ?? []).filter(({ rule }) => rule.file === FILE);
  const advice = lintRules(documents.rules, own, { attack, evidence: null });
  const rules = documentsOf(documents).map((document) => {
    const { id, kind, title } = document;
    return { id, kind, title, yaml: ownText(document) };
  });
  return {
    yaml: parsed,
    schema: parsed ? shaped : null,
    compile: shaped ? !meaning.some((problem) => problem.severity === 'error') : null,
    problems: [...problems, ...meaning, ...advice],
    ruleId: rules[0]?.id ?? null,
    rules,
  };
}

function compiledBeside(documents: SigmaDocuments, context: CheckContext): ReturnType<typeof compileAll> {
  const neighbours = neighboursOf(documents, context.documents);
  return compileAll(joinDocuments([documents, neighbours]), { anyLogsource: false, ...context.options });
}
