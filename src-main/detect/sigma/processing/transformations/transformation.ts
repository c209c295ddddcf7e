import type { DetectionItem } from '../../document/rule.ts';
import type { Draft } from '../draft.ts';
import type { Parameters } from '../parameters.ts';

/** Which parts of a draft the conditions of a processing item let a transformation touch. */
export interface Scope {
  /** Id of the processing item, for the conditions of later ones. */
  readonly id: string;
  readonly acceptsItem: (item: DetectionItem) => boolean;
  readonly acceptsField: (field: string | null) => boolean;
}

/** Changes a draft within a scope. Throws `RuleRejected` to reject the rule. */
export type Transformation = (draft: Draft, scope: Scope) => void;

/** Makes the transformation of one type from its parameters. Throws `RuleRejected` where they have no meaning. */
export type TransformationFactory = (parameters: Parameters) => Transformation;
