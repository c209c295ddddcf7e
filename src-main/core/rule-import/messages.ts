import type { ImportedRule } from '../../pipeline/rule-commands.ts';
import type { RuleSettings } from '../../pipeline/rule-settings.ts';
import type { LogsourceFields } from '../../store/interface/field-census.ts';

/** A rule that there is already. */
export interface ExistingRule {
  readonly id: string;
  readonly file: string;
  readonly yaml: string;
}

/** Everything that decides what becomes of the rules of an import. */
export interface RuleImportRequest {
  /** Files, folders and archives, each with its name for people. */
  readonly inputs: readonly { readonly path: string; readonly label: string }[];
  readonly existing: readonly ExistingRule[];
  /** What stored events have, to say which rules can match none of them. */
  readonly census: readonly LogsourceFields[];
  readonly anyLogsource: boolean;
  readonly settings: RuleSettings;
}

/** A rule whose text shall be kept. */
export interface TakenRule {
  readonly id: string;
  readonly yaml: string;
}

export interface RuleImportAnswer {
  readonly files: number;
  readonly others: number;
  readonly rules: readonly ImportedRule[];
  /** Those that are new or changed, in the order of the report. */
  readonly taken: readonly TakenRule[];
}

export interface RuleImportWorkerMethods {
  judge(request: RuleImportRequest): Promise<RuleImportAnswer>;
}
