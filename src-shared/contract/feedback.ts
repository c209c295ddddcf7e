import { z } from 'zod';
import { VERDICTS } from '../model/feedback.ts';
import { listOf, paging, timestamp } from './primitives.ts';
import { route } from './route.ts';

const SHORT_FORMS = { tp: 'true_positive', fp: 'false_positive' } as const;

/** A verdict in long or short form (api.md, "Feedback"). */
const verdict = z
  .enum([...VERDICTS, 'tp', 'fp'])
  .transform((word) => (word === 'tp' || word === 'fp' ? SHORT_FORMS[word] : word));

/** One entry of an alert's feedback log. */
export const feedbackWire = z
  .object({
    id: z.string(),
    alert_id: z.string(),
    rule_id: z.string(),
    feedback: z.enum(VERDICTS),
    note: z.string(),
    origin: z.string(),
    actor: z.string(),
    ts: timestamp,
  })
  .meta({ id: 'FeedbackEvent' });

const params = z.object({ alert_id: z.string().max(64) });

export const feedbackRoutes = {
  addFeedback: route({
    method: 'POST',
    path: '/api/v1/alerts/{alert_id}/feedback',
    tag: 'Alerts',
    summary: 'Say whether an alert was right',
    description:
      'Adds to the log of the alert; its newest entry is the verdict, so a mistake is corrected by another entry. ' +
      'Verdicts count for the rule that fired.',
    examples: [{ body: { feedback: 'fp', note: 'known scheduled task', origin: 'api' } }],
    permission: 'alerts:write',
    bucket: 'detail',
    status: 201,
    params,
    body: z.object({
      feedback: verdict,
      note: z.string().max(4000).default(''),
      origin: z.string().max(64).default('api'),
    }),
    response: feedbackWire,
  }),
  listFeedback: route({
    method: 'GET',
    path: '/api/v1/alerts/{alert_id}/feedback',
    tag: 'Alerts',
    summary: 'Feedback on an alert, newest first',
    permission: 'alerts:read',
    bucket: 'detail',
    status: 200,
    params,
    query: z.object(paging),
    response: listOf(feedbackWire),
  }),
};
