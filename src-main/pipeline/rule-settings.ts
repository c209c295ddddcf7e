import type { RuleProblem } from './rules.ts';

/** A processing pipeline as text, under the name that people gave it. */
export interface PipelineText {
  readonly name: string;
  readonly yaml: string;
  readonly enabled: boolean;
}

/** What changes the meaning of rules besides their text: value lists and processing pipelines. */
export interface RuleSettings {
  /** Files of value lists, and files and folders of pipelines. */
  readonly placeholderPaths: readonly string[];
  readonly pipelinePaths: readonly string[];
  /** Lists that people keep here, by name; they go before lists of files. */
  readonly placeholders: Readonly<Record<string, readonly string[]>>;
  readonly pipelines: readonly PipelineText[];
}

export const NO_RULE_SETTINGS: RuleSettings = {
  placeholderPaths: [],
  pipelinePaths: [],
  placeholders: {},
  pipelines: [],
};

/** Where a list or pipeline comes from: kept with the data, or read from a file of the settings. */
export type SettingOrigin = 'stored' | 'file';

/** Values of one placeholder, and who needs it. */
export interface PlaceholderList {
  readonly name: string;
  readonly values: readonly string[];
  /** Null when nobody gave it values. */
  readonly origin: SettingOrigin | null;
  /** True for the names that the specification lists. */
  readonly isStandard: boolean;
  /** Rules that use it; without values they are rejected. */
  readonly rules: number;
  /** Null unless it is stored. */
  readonly updatedTs: number | null;
}

export interface PipelineSetting extends PipelineText {
  readonly origin: SettingOrigin;
  readonly priority: number;
  readonly transformations: number;
  /** Warnings; what has errors is not kept. */
  readonly problems: readonly RuleProblem[];
  /** Null unless it is stored. */
  readonly updatedTs: number | null;
}

/** What the API may do with value lists and pipelines. Every change takes effect in the running engine. */
export interface RuleSettingsCommands {
  /** Those with values, those that rules need, and the standard ones; by name. */
  placeholders(): Promise<readonly PlaceholderList[]>;
  savePlaceholder(name: string, values: readonly string[]): Promise<PlaceholderList>;
  /** Throws `not_found` for a list that is not stored. */
  deletePlaceholder(name: string): Promise<void>;
  /** In the order in which they are applied. */
  pipelines(): Promise<readonly PipelineSetting[]>;
  /** Throws `rule_invalid` for a text that is no pipeline; nothing changes then. */
  savePipeline(pipeline: PipelineText): Promise<PipelineSetting>;
  /** Throws `not_found` for a pipeline that is not stored. */
  deletePipeline(name: string): Promise<void>;
}
