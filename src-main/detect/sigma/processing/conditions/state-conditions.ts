import { RuleRejected } from '../../document/rule.ts';
import type { Draft } from '../draft.ts';
import type { Parameters } from '../parameters.ts';

export type Relation = 'eq' | 'ne' | 'gte' | 'gt' | 'lte' | 'lt';

/** `processing_state`: a comparison with what `set_state` stored; false when nothing was stored. */
export function stateTest(parameters: Parameters): (draft: Draft) => boolean {
  const key = parameters.text('key');
  const value = parameters.scalar('val');
  const relation = parameters.choice<Relation>('op', ['eq', 'ne', 'gte', 'gt', 'lte', 'lt']);
  return ({ state }) => state.has(key) && relates(state.get(key), value, relation);
}

/** `processing_item_applied`: id of a processing item. */
export function appliedId(parameters: Parameters): string {
  const id = parameters.text('processing_item_id');
  if (id !== '') return id;
  throw new RuleRejected(parameters.pathOf('processing_item_id'), 'The id is empty.', 'Name an item.');
}

/** Compares two of a kind; what cannot be ordered is only equal or not. */
export function relates(left: unknown, right: unknown, relation: Relation): boolean {
  if (relation === 'eq') return left === right;
  if (relation === 'ne') return left !== right;
  const isOrdered =
    (typeof left === 'number' && typeof right === 'number') ||
    (typeof left === 'string' && typeof right === 'string');
  if (!isOrdered) return false;
  if (relation === 'gte') return left >= right;
  if (relation === 'gt') return left > right;
  return relation === 'lte' ? left <= right : left < right;
}
