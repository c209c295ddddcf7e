import type { Parameters } from '../parameters.ts';
import { compileTextPattern } from '../text-pattern.ts';
import type { TestFactory } from './condition-set.ts';
import { appliedId, stateTest } from './state-conditions.ts';

/** Conditions on a field name, by their names in pySigma; keywords have none (null). */
export const FIELD_CONDITIONS: Readonly<Record<string, TestFactory<string | null>>> = {
  include_fields: fieldsTest,
  exclude_fields(parameters) {
    const includes = fieldsTest(parameters);
    return (field) => !includes(field);
  },
  processing_item_applied(parameters) {
    const id = appliedId(parameters);
    return (field, draft) => field !== null && draft.appliedToField.get(field)?.has(id) === true;
  },
  processing_state(parameters) {
    const holds = stateTest(parameters);
    return (_, draft) => holds(draft);
  },
};

function fieldsTest(parameters: Parameters): (field: string | null) => boolean {
  const fields = parameters.texts('fields');
  if (parameters.choice('mode', ['plain', 're']) === 'plain') {
    const names = new Set(fields);
    return (field) => field !== null && names.has(field);
  }
  const patterns = fields.map((source) => compileTextPattern(source, parameters.pathOf('fields')));
  return (field) => field !== null && patterns.some((pattern) => pattern.matchesStart(field));
}
