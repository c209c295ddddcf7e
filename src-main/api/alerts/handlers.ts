import type { alertRoutes } from '#shared/contract/alerts.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { ALERT_EVENT_SAMPLE, ALERT_STATUSES, type Alert } from '#shared/model/alert.ts';
import { alertToWire } from '#shared/wire/alert.ts';
import { eventToWire } from '#shared/wire/event.ts';
import type { AlertFilter, StoreReader } from '../../store/interface/reader.ts';
import type { ResourceDeps } from '../deps.ts';
import { levelsOf, oneOf, spanOf } from '../kit/filters.ts';
import type { Call, Handlers } from '../kit/handler.ts';
import { listWire, pageRequest } from '../kit/lists.ts';
import { alertDetailToWire, ruleOfAlert } from './wire.ts';

type AlertDeps = Pick<ResourceDeps, 'reader' | 'writer' | 'commands' | 'clock'>;

/** Alerts: the list with its counts, one with its evidence, its events, its status. */
export function alertHandlers(deps: AlertDeps): Handlers<keyof typeof alertRoutes> {
  const { reader, writer } = deps;
  return {
    listAlerts: (call) => listAlerts(deps, call.query),
    getAlert: async ({ params }) => {
      const alert = await existingAlert(reader, params.alert_id);
      const first = { limit: ALERT_EVENT_SAMPLE, offset: 0, cursor: null };
      const { items } = await reader.alertEvents(alert.id, first);
      return alertDetailToWire(alert, items, ruleOfAlert(deps.commands, alert.ruleId));
    },
    alertEvents: async ({ params, query }) => {
      await existingAlert(reader, params.alert_id);
      const request = pageRequest(query);
      return listWire(await reader.alertEvents(params.alert_id, request), request, eventToWire);
    },
    patchAlert: async ({ params, body }) => {
      const changed = await writer.setAlertStatus(params.alert_id, body.status);
      if (!changed) throw missing(params.alert_id);
      return alertToWire(await existingAlert(reader, params.alert_id));
    },
  };
}

async function listAlerts({ reader, clock }: AlertDeps, query: Call<'listAlerts'>['query']) {
  const filter = alertFilter(query, clock.now());
  const request = pageRequest(query);
  const [page, counts] = await Promise.all([
    reader.pageAlerts(filter, request),
    // Counts are for the severity chips, so the severities that are already chosen must not narrow them.
    reader.alertCounts({ ...filter, severities: [] }),
  ]);
  return { ...listWire(page, request, alertToWire), counts: { ...counts } };
}

function alertFilter(query: Call<'listAlerts'>['query'], nowMs: number): AlertFilter {
  return {
    ...spanOf(query, nowMs),
    severities: levelsOf(query.severity, 'severity'),
    statuses: oneOf(query.status, ALERT_STATUSES, 'status'),
    ruleId: query.rule ?? null,
    entity: query.entity ?? null,
    text: query.q ?? null,
    technique: query.technique ?? null,
    importId: query.import_id ?? null,
  };
}

async function existingAlert(reader: StoreReader, id: string): Promise<Alert> {
  const alert = await reader.getAlert(id);
  if (alert === null) throw missing(id);
  return alert;
}

function missing(id: string): AppError {
  return new AppError('not_found', { what: `The alert ${id}` });
}
