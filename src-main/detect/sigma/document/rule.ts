import type { RuleFacts } from '../../../pipeline/rules.ts';
import type { YamlPath } from '../../../platform/yaml.ts';

export type SigmaValue = string | number | boolean | null;

/** One line of a selection: a field, its modifiers and the values it is compared with. */
export interface DetectionItem {
  /** Null for keywords, which are searched in the whole record. */
  readonly field: string | null;
  readonly modifiers: readonly string[];
  readonly values: readonly SigmaValue[];
  /** Where the item stands in its document; the value at index i of a list is one step further. */
  readonly path: YamlPath;
  readonly isList: boolean;
  /** Comparisons any of which may hold in place of this one. Only processing pipelines make them. */
  readonly orElse?: readonly DetectionItem[];
}

/** A named part of the detection: any of its alternatives, each of which needs all of its items. */
export interface Selection {
  readonly name: string;
  readonly alternatives: readonly (readonly DetectionItem[])[];
}

export interface ConditionText {
  readonly text: string;
  readonly path: YamlPath;
}

/** Where a document stands: its file, the file's text, and which of its documents it is. */
export interface RuleSource {
  readonly file: string;
  readonly yaml: string;
  /** Which document of a multi-document file. */
  readonly documentIndex: number;
  /** Documents of the same file that gave it parts (`action: global` and `repeat`), nearest first. */
  readonly inheritedFrom: readonly number[];
}

export type RelationType = 'derived' | 'obsolete' | 'merged' | 'renamed' | 'similar';

export interface RelatedRule {
  readonly id: string;
  readonly type: RelationType;
}

/** What every kind of document says of itself (specification, "Components"). */
export interface DocumentMetadata extends RuleFacts, RuleSource {
  readonly related: readonly RelatedRule[];
  /** Whose field names it uses; `sigma` unless it says otherwise. */
  readonly taxonomy: string;
  /** SPDX id, or empty. */
  readonly license: string;
  readonly scope: readonly string[];
  /** `fields`: what an analyst should be shown. */
  readonly displayFields: readonly string[];
  /** Attributes that Sigma does not know, as written. */
  readonly custom: Readonly<Record<string, unknown>>;
}

/** Named selections, and the conditions that say which of them must hold. */
export interface Searches {
  readonly selections: readonly Selection[];
  /** More than one are alternatives. */
  readonly conditions: readonly ConditionText[];
}

/** A rule whose text has the right shape. What its values and condition mean is the compiler's business. */
export interface ParsedRule extends DocumentMetadata, Searches {}

/** A meta rule that narrows others (specification, "Filters"): its condition is required beside theirs. */
export interface ParsedFilter extends DocumentMetadata, Searches {
  readonly targets: FilterTargets;
}

/** The rules that a filter narrows: all of its logsource, or those named by id or name. */
export type FilterTargets =
  { readonly kind: 'any' } | { readonly kind: 'named'; readonly references: readonly RuleReference[] };

/** An id or a name of a rule, and where it is written. */
export interface RuleReference {
  readonly text: string;
  readonly path: YamlPath;
}

/** Something wrong at one place of a rule, before it is tied to file and line. */
export interface Finding {
  readonly path: YamlPath;
  readonly message: string;
  readonly hint: string;
  readonly severity: 'error' | 'warning';
}

/** Thrown inside the compiler to leave a hopeless rule; caught at the compiler's edge and turned into a value. */
export class RuleRejected extends Error {
  readonly finding: Finding;

  constructor(path: YamlPath, message: string, hint: string) {
    super(message);
    this.finding = { path, message, hint, severity: 'error' };
  }
}

/** Distinct field names that selections read, in order of appearance. */
export function fieldsOf(selections: readonly Selection[]): readonly string[] {
  const items = selections.flatMap(({ alternatives }) => alternatives.flat());
  const all = items.flatMap((item) => [item, ...(item.orElse ?? [])]);
  return [...new Set(all.flatMap(({ field }) => (field === null ? [] : [field])))];
}
