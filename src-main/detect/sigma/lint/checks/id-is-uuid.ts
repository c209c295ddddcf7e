import { warning, type RuleCheck } from '../check.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Ids that were made from title or name, because the rule has none. */
const DERIVED_ID = /^(?:title|name)-[0-9a-f]{32}$/;

export const idIsUuid: RuleCheck = {
  id: 'id-is-uuid',
  summary: 'An id that is no UUID.',
  *check({ rule: { id } }) {
    if (UUID.test(id) || DERIVED_ID.test(id)) return;
    yield warning(
      ['id'],
      `The id "${id}" is no UUID.`,
      'Give the rule a random UUID (version 4) of its own.',
    );
  },
};
