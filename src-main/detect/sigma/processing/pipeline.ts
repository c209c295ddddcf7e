import type { DetectionItem } from '../document/rule.ts';
import type { Test } from './conditions/condition-set.ts';
import type { Draft } from './draft.ts';
import type { Transformation } from './transformations/transformation.ts';

/** One step of a pipeline: a transformation and when it is applied. */
export interface ProcessingItem {
  readonly id: string;
  readonly transformation: Transformation;
  /** Whether it is applied to a rule at all. */
  readonly acceptsRule: Test<Draft>;
  readonly acceptsItem: Test<DetectionItem>;
  readonly acceptsField: Test<string | null>;
}

/** A processing pipeline of pySigma, as far as it changes rules. */
export interface ProcessingPipeline {
  readonly name: string;
  /** Pipelines of lower priority are applied first. */
  readonly priority: number;
  /** Values for `value_placeholders`. */
  readonly vars: ReadonlyMap<string, readonly string[]>;
  readonly items: readonly ProcessingItem[];
}

/** Pipelines in the order in which they are applied: by priority, and as given where it is the same. */
export function inOrder(pipelines: readonly ProcessingPipeline[]): readonly ProcessingPipeline[] {
  return [...pipelines].sort((left, right) => left.priority - right.priority);
}

/** Applies the items that accept the draft, one after the other. */
export function runItems(items: readonly ProcessingItem[], draft: Draft): void {
  for (const { id, transformation, acceptsRule, acceptsItem, acceptsField } of items) {
    if (!acceptsRule(draft, draft)) continue;
    transformation(draft, {
      id,
      acceptsItem: (item) => acceptsItem(item, draft) && acceptsField(item.field, draft),
      acceptsField: (field) => acceptsField(field, draft),
    });
    draft.applied.add(id);
  }
}
