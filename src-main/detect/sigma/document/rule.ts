import type { RuleFacts } from '../../../pipeline/commands.ts';
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

/** A rule whose text has the right shape. What its values and condition mean is the compiler's business. */
export interface ParsedRule extends RuleFacts {
  /** Which document of a multi-document file. */
  readonly documentIndex: number;
  readonly selections: readonly Selection[];
  /** More than one are alternatives. */
  readonly conditions: readonly ConditionText[];
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

/** Distinct field names that a rule reads, in order of appearance. */
export function fieldsOf(rule: Pick<ParsedRule, 'selections'>): readonly string[] {
  const names = new Set<string>();
  for (const { alternatives } of rule.selections) {
    for (const { field } of alternatives.flat()) if (field !== null) names.add(field);
  }
  return [...names];
}
