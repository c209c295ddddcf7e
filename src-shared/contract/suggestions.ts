import { z } from 'zod';
import { RULE_KINDS } from '../model/alert.ts';
import { attack, listOf, noContent, paging, timestamp } from './primitives.ts';
import { route } from './route.ts';
import { ruleProblemWire } from './sigma.ts';

/** Alerts of one rule or detector that analysts confirmed often enough to make a rule of them. */
const suggestionWire = z
  .object({
    pattern_key: z.string().meta({ description: 'Id of the rule or detector whose alerts were confirmed' }),
    rule_kind: z.enum(RULE_KINDS),
    title: z.string(),
    attack: attack.nullable(),
    true_positives: z.number().int(),
    last_seen: timestamp,
    has_draft: z.boolean(),
  })
  .meta({ id: 'RuleSuggestion' });

const params = z.object({ pattern_key: z.string().max(256) });

export const suggestionRoutes = {
  listSuggestions: route({
    method: 'GET',
    path: '/api/v1/sigma/rule-suggestions',
    tag: 'Sigma',
    summary: 'Patterns with enough true positives for a rule of their own',
    description:
      'A pattern is the alerts of one rule or detector; three true positives make it a suggestion. A discarded one ' +
      'comes back after three more.',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    query: z.object(paging),
    response: listOf(suggestionWire),
  }),
  draftSuggestion: route({
    method: 'POST',
    path: '/api/v1/sigma/rule-suggestions/{pattern_key}',
    tag: 'Sigma',
    summary: 'Sigma YAML drafted from a pattern',
    description:
      'The draft has the fields that the events of the confirmed alerts share and that ordinary events of the same ' +
      'logsource rarely have. It is kept until more alerts are confirmed, and is not a rule until someone saves it. ' +
      'No model is asked; `model` is null.',
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params,
    response: z.object({
      pattern_key: z.string(),
      yaml: z.string(),
      valid: z.boolean(),
      problems: z.array(ruleProblemWire),
      true_positives: z.number().int(),
      generated_at: timestamp,
      cached: z.boolean(),
      model: z.string().nullable(),
    }),
  }),
  discardSuggestion: route({
    method: 'DELETE',
    path: '/api/v1/sigma/rule-suggestions/{pattern_key}',
    tag: 'Sigma',
    summary: 'Discard a suggestion',
    permission: 'detections:write',
    bucket: 'detail',
    status: 204,
    params,
    response: noContent,
  }),
};
