import { z } from 'zod';
import { timestamp } from './primitives.ts';
import { route } from './route.ts';
import { ruleParams } from './sigma.ts';

/** A few pages: more belongs where the team keeps its documents. */
const MAX_CHARS = 20_000;

const notesWire = z
  .object({
    text: z.string(),
    author: z.string().nullable(),
    updated_at: timestamp.nullable().meta({ description: 'Null while nobody has written any' }),
  })
  .meta({ id: 'RuleNotes' });

/** What a team knows of a rule and the rule does not say; the rule itself stays as it is. */
export const ruleNotesRoutes = {
  getRuleNotes: route({
    method: 'GET',
    path: '/api/v1/sigma/rules/{rule_id}/notes',
    tag: 'Sigma',
    summary: 'Notes on a rule',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    params: ruleParams,
    response: notesWire,
  }),
  putRuleNotes: route({
    method: 'PUT',
    path: '/api/v1/sigma/rules/{rule_id}/notes',
    tag: 'Sigma',
    summary: 'Write the notes on a rule; an empty text removes them',
    description: 'Plain text or Markdown, kept as it is written. They outlive edits of the rule.',
    examples: [{ body: { text: 'Fires on every patch day; ask the server team first.' } }],
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: ruleParams,
    body: z.object({ text: z.string().max(MAX_CHARS) }),
    response: notesWire,
  }),
};
