import { z } from 'zod';
import { ALERT_STATUSES, RULE_KINDS } from '../model/alert.ts';
import { eventWire } from './events.ts';
import { attack, csv, entity, level, listOf, paging, timeBound, timestamp } from './primitives.ts';
import { route } from './route.ts';

const matched = z.array(
  z.object({
    selection: z.string(),
    fields: z.array(z.object({ field: z.string(), value: z.string(), pattern: z.string() })),
  }),
);

/** An alert on the wire: the names of document 004, and ours beside them. */
export const alertWire = z
  .object({
    id: z.string(),
    ts: timestamp,
    rule_id: z.string(),
    rule_kind: z.enum(RULE_KINDS),
    severity: level,
    title: z.string(),
    author: z.string(),
    tags: z.array(z.string()),
    entities: z.array(entity),
    attack: attack.nullable(),
    dedup_key: z.string(),
    status: z.enum(ALERT_STATUSES),
    count: z.number().int(),
    first_seen: timestamp,
    last_seen: timestamp,
  })
  .meta({ id: 'Alert' });

export type AlertWire = z.infer<typeof alertWire>;

export const alertDetailWire = alertWire
  .extend({
    evidence: z.object({ matched, event_ids: z.array(z.string()) }),
    events: z.array(eventWire),
    rule: z
      .object({ id: z.string(), title: z.string(), description: z.string(), level, file: z.string() })
      .nullable(),
  })
  .meta({ id: 'AlertDetail' });

export type AlertDetailWire = z.infer<typeof alertDetailWire>;

export const alertRoutes = {
  listAlerts: route({
    method: 'GET',
    path: '/api/v1/alerts',
    tag: 'Alerts',
    summary: 'Alerts, newest first',
    description:
      'Filters combine. `counts` has the alerts of every severity under the other filters, for the severity chips.',
    examples: [
      { query: 'since=24h&limit=50' },
      { query: 'severity=high,critical&entity=10.0.1.42&rule=ssh_brute_force&offset=50' },
    ],
    permission: 'alerts:read',
    bucket: 'list',
    status: 200,
    query: z.object({
      since: timeBound.optional(),
      until: timeBound.optional(),
      severity: csv.optional().meta({ description: 'One or more levels, comma-separated' }),
      rule: z.string().max(256).optional().meta({ description: 'Rule id' }),
      entity: z.string().max(512).optional().meta({ description: 'Entity value or UUID' }),
      status: csv.optional(),
      technique: z.string().max(32).optional(),
      q: z.string().max(512).optional().meta({ description: 'Substring of title, rule id or entity value' }),
      import_id: z.string().max(64).optional(),
      ...paging,
    }),
    response: listOf(alertWire).extend({ counts: z.record(level, z.number().int()) }),
  }),
  getAlert: route({
    method: 'GET',
    path: '/api/v1/alerts/{alert_id}',
    tag: 'Alerts',
    summary: 'One alert: why it fired and the events that made it',
    permission: 'alerts:read',
    bucket: 'detail',
    status: 200,
    params: z.object({ alert_id: z.string().max(64) }),
    response: alertDetailWire,
  }),
  alertEvents: route({
    method: 'GET',
    path: '/api/v1/alerts/{alert_id}/events',
    tag: 'Alerts',
    summary: 'The events of an alert, oldest first: those that made it, and every occurrence since',
    permission: 'alerts:read',
    bucket: 'detail',
    status: 200,
    params: z.object({ alert_id: z.string().max(64) }),
    query: z.object(paging),
    response: listOf(eventWire),
  }),
  patchAlert: route({
    method: 'PATCH',
    path: '/api/v1/alerts/{alert_id}',
    tag: 'Alerts',
    summary: 'Change the status of an alert',
    examples: [{ body: { status: 'in_progress' } }],
    permission: 'alerts:write',
    bucket: 'detail',
    status: 200,
    params: z.object({ alert_id: z.string().max(64) }),
    body: z.object({ status: z.enum(ALERT_STATUSES) }),
    response: alertWire,
  }),
};
