import { createHash } from 'node:crypto';
import type { SigmaDocuments } from '../../detect/sigma/document/documents.ts';
import { toLoadedRule } from '../../detect/sigma/document/load.ts';
import type { LoadedRule, RuleProblem } from '../../pipeline/rules.ts';
import { documentsAt } from '../../platform/yaml-documents.ts';
import type { RuleOrigin, RuleRecord } from '../../store/interface/rules.ts';
import type { StoredTexts } from './stored-texts.ts';
import { takingTurns } from './taking-turns.ts';

/** Rules of every origin before they are compiled. */
export interface RuleSet {
  readonly documents: SigmaDocuments;
  /** The first of each id, which is the one that the engine takes, with what the analyst changed. */
  readonly rules: readonly LoadedRule[];
  readonly problems: readonly RuleProblem[];
}

/** What files and store hold. Rules of the store stand behind those of files, or in their place. */
export interface RuleSources {
  readonly shipped: SigmaDocuments;
  readonly folders: SigmaDocuments;
  readonly records: readonly RuleRecord[];
  /** Keeps what it parsed of the records' texts. */
  readonly texts: StoredTexts;
}

export type SigmaDocument = SigmaDocuments[keyof SigmaDocuments][number];

/** SHA-256 of a rule's text in its file: tells later whether the file changed beneath an edit. */
export function hashOfText(yaml: string): string {
  return createHash('sha256').update(yaml, 'utf8').digest('hex');
}

/**
 * The rules that shall run: shipped first, then folders, then the analyst's own; of two with one id the first is
 * kept. A text that the analyst saved for a rule takes the place of the file's. Lets other work of the thread run in
 * between.
 */
export async function assembleRules({ shipped, folders, records, texts }: RuleSources): Promise<RuleSet> {
  const turns = takingTurns();
  const assembly = new Assembly(records, texts);
  for (const document of documentsOf(shipped)) {
    assembly.addFile(document, 'shipped');
    await turns();
  }
  for (const document of documentsOf(folders)) {
    assembly.addFile(document, 'folder');
    await turns();
  }
  for (const record of records) {
    assembly.addStored(record);
    await turns();
  }
  texts.forgetUnused();
  return assembly.result();
}

/** All documents of a set, kind after kind. */
export function documentsOf({ rules, correlations, filters }: SigmaDocuments): readonly SigmaDocument[] {
  return [...rules, ...correlations, ...filters];
}

/** The part of its file that is a document's own, with what it takes over from others. */
export function ownText({ yaml, documentIndex, inheritedFrom }: SigmaDocument): string {
  return documentsAt(yaml, [documentIndex, ...inheritedFrom]);
}

class Assembly {
  readonly #records: ReadonlyMap<string, RuleRecord>;
  readonly #texts: StoredTexts;
  readonly #rules = new Map<string, LoadedRule>();
  readonly #problems: RuleProblem[] = [];
  readonly #documents = { rules: [], correlations: [], filters: [] } as Collected;

  constructor(records: readonly RuleRecord[], texts: StoredTexts) {
    this.#texts = texts;
    this.#records = new Map(records.map((record) => [record.ruleId, record]));
  }

  addFile(document: SigmaDocument, origin: RuleOrigin): void {
    const record = this.#records.get(document.id);
    // A second rule of the same id is handed on for the compiler to refuse, with its place.
    if (record === undefined || record.yaml === null || this.#rules.has(document.id)) {
      this.#add(document, origin);
      return;
    }
    const yaml = ownText(document);
    const edit = this.#textOf(record, `${document.file} (edited here)`);
    if (edit === null) this.#add(document, origin);
    else {
      const original = { yaml, changed: hashOfText(yaml) !== record.originalHash };
      this.#add(edit, origin, { file: document.file, original });
    }
  }

  /** A text of the store for which no file has a rule: the analyst's own, or an edit whose rule left its file. */
  addStored(record: RuleRecord): void {
    if (record.yaml === null || this.#rules.has(record.ruleId)) return;
    const document = this.#textOf(record, `custom/${record.ruleId}.yml`);
    if (document === null) return;
    const original = record.origin === 'custom' ? null : { yaml: null, changed: true };
    this.#add(document, record.origin, { original });
  }

  result(): RuleSet {
    return { documents: this.#documents, rules: [...this.#rules.values()], problems: this.#problems };
  }

  #add(document: SigmaDocument, origin: RuleOrigin, change: Partial<LoadedRule> = {}): void {
    this.#collect(document);
    if (this.#rules.has(document.id)) return;
    const record = this.#records.get(document.id);
    this.#rules.set(document.id, {
      ...toLoadedRule(document, origin),
      yaml: ownText(document),
      enabled: record?.enabled ?? true,
      levelOverride: record?.levelOverride ?? null,
      version: record?.version ?? 0,
      ...change,
    });
  }

  /** The stored text as a document; null when it has none of the rule's id, which is told. */
  #textOf(record: RuleRecord, file: string): SigmaDocument | null {
    const parsed = this.#texts.parse(record.ruleId, record.yaml ?? '', file);
    this.#problems.push(...parsed.problems);
    return documentsOf(parsed).find(({ id }) => id === record.ruleId) ?? null;
  }

  #collect(document: SigmaDocument): void {
    switch (document.kind) {
      case 'sigma':
        // The kind says which of the three shapes it has; the documents' own types do not.
        this.#documents.rules.push(document as SigmaDocuments['rules'][number]);
        break;
      case 'correlation':
        this.#documents.correlations.push(document as SigmaDocuments['correlations'][number]);
        break;
      case 'filter':
        this.#documents.filters.push(document as SigmaDocuments['filters'][number]);
        break;
    }
  }
}

type Collected = { readonly [K in keyof SigmaDocuments]: SigmaDocuments[K][number][] };
