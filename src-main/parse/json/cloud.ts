import type { FieldValue, LogSource } from '#shared/model/event.ts';
import type { ShapedEvent } from '../windows-event.ts';
import { genericEvent } from './generic.ts';
import { isObject, type JsonObject } from './json-text.ts';

/**
 * Services that keep their audit log as JSON, each told by members that no other has together. A shape that two
 * products share is left without a logsource: a wrong one hides events from the rules that want them.
 */
const SHAPES: readonly ((record: JsonObject) => ShapedEvent | null)[] = [
  cloudTrail,
  kubernetesAudit,
  gcpAudit,
  workspaceReport,
  okta,
  microsoft365,
  azure,
  githubAudit,
];

/** The event of a cloud service's audit record; null for anything else. */
export function cloudEvent(record: JsonObject): ShapedEvent | null {
  for (const shape of SHAPES) {
    const event = shape(record);
    if (event !== null) return event;
  }
  return null;
}

function cloudTrail(record: JsonObject): ShapedEvent | null {
  const { eventSource, eventName, userIdentity, awsRegion } = record;
  if (typeof eventSource !== 'string' || typeof eventName !== 'string') return null;
  if (userIdentity === undefined && awsRegion === undefined) return null;
  const who = isObject(userIdentity) ? (userIdentity.arn ?? userIdentity.type) : undefined;
  return genericEvent(record, {
    logsource: source('aws', 'cloudtrail'),
    message: sentence(eventSource, eventName, 'by', who, 'from', record.sourceIPAddress),
  });
}

function kubernetesAudit(record: JsonObject): ShapedEvent | null {
  const { apiVersion, kind, verb } = record;
  if (kind !== 'Event' || typeof apiVersion !== 'string' || !apiVersion.startsWith('audit.k8s.io/'))
    return null;
  const user = isObject(record.user) ? record.user.username : undefined;
  return genericEvent(record, {
    logsource: { category: 'application', product: 'kubernetes', service: 'audit' },
    message: sentence(verb, record.requestURI, 'by', user),
  });
}

function gcpAudit(record: JsonObject): ShapedEvent | null {
  const payload = record.protoPayload;
  if (!isObject(payload) || typeof record.logName !== 'string') return null;
  return genericEvent(record, {
    logsource: source('gcp', WORKSPACE_SERVICES.get(text(payload.serviceName)) ?? 'gcp.audit'),
    message: sentence(payload.serviceName, payload.methodName, 'on', payload.resourceName),
  });
}

/** Google Workspace writes to Cloud Logging as services of their own. */
const WORKSPACE_SERVICES: ReadonlyMap<string, string> = new Map([
  ['admin.googleapis.com', 'google_workspace.admin'],
  ['login.googleapis.com', 'google_workspace.login'],
]);

/** An activity of the Workspace Reports API ("Activities: list"). */
function workspaceReport(record: JsonObject): ShapedEvent | null {
  const { kind, id, actor, events } = record;
  if (kind !== 'admin#reports#activity' || !isObject(id) || !Array.isArray(events)) return null;
  const [first] = events as readonly FieldValue[]; // Narrowing FieldValue by Array.isArray yields any[].
  return genericEvent(record, {
    logsource: source('gcp', `google_workspace.${text(id.applicationName)}`),
    message: sentence(
      id.applicationName,
      isObject(first) ? first.name : undefined,
      'by',
      isObject(actor) ? actor.email : undefined,
    ),
  });
}

function okta(record: JsonObject): ShapedEvent | null {
  const { eventType, published, actor } = record;
  if (typeof eventType !== 'string' || typeof published !== 'string' || !isObject(actor)) return null;
  return genericEvent(record, {
    logsource: source('okta', 'okta'),
    message: sentence(eventType, 'by', actor.alternateId, record.displayMessage),
  });
}

function microsoft365(record: JsonObject): ShapedEvent | null {
  const { Workload, Operation, RecordType } = record;
  if (typeof Workload !== 'string' || typeof Operation !== 'string' || RecordType === undefined) return null;
  const service =
    { SecurityComplianceCenter: 'threat_management', Exchange: 'exchange' }[Workload] ?? 'audit';
  return genericEvent(record, {
    logsource: source('m365', service),
    message: sentence(Workload, Operation, 'by', record.UserId),
  });
}

/** Categories of Azure's diagnostic logs, as SigmaHQ's services. */
const AZURE_SERVICES: Readonly<Record<string, string>> = {
  AuditLogs: 'auditlogs',
  SignInLogs: 'signinlogs',
  NonInteractiveUserSignInLogs: 'signinlogs',
  ServicePrincipalSignInLogs: 'signinlogs',
  ManagedIdentitySignInLogs: 'signinlogs',
  UserRiskEvents: 'riskdetection',
  RiskyUsers: 'riskdetection',
  Administrative: 'activitylogs',
  Alert: 'activitylogs',
  Autoscale: 'activitylogs',
  Policy: 'activitylogs',
  Recommendation: 'activitylogs',
  ResourceHealth: 'activitylogs',
  Security: 'activitylogs',
  ServiceHealth: 'activitylogs',
};

function azure(record: JsonObject): ShapedEvent | null {
  const { category, operationName, resourceId, tenantId } = record;
  if (typeof category !== 'string' || operationName === undefined) return null;
  if (resourceId === undefined && tenantId === undefined) return null;
  const service = Object.hasOwn(AZURE_SERVICES, category) ? AZURE_SERVICES[category] : undefined;
  return genericEvent(record, {
    logsource: source('azure', service ?? null),
    message: sentence(category, text(operationName), record.resultType, text(record.identity)),
  });
}

function githubAudit(record: JsonObject): ShapedEvent | null {
  const { action, actor } = record;
  if (typeof action !== 'string' || typeof actor !== 'string' || !action.includes('.')) return null;
  if (record._document_id === undefined && record.org === undefined) return null;
  return genericEvent(record, {
    logsource: source('github', 'audit'),
    message: sentence(action, 'by', actor, record.repo),
  });
}

function source(product: string, service: string | null): LogSource {
  return { category: null, product, service };
}

/** Words joined by spaces; a preposition whose object is missing goes with it. */
function sentence(...words: readonly (FieldValue | undefined)[]): string {
  const kept: string[] = [];
  for (const word of words) {
    const value = text(word);
    if (value !== '') kept.push(value);
    else if (PREPOSITIONS.has(kept.at(-1) ?? '')) kept.pop();
  }
  return kept.join(' ');
}

const PREPOSITIONS: ReadonlySet<string> = new Set(['by', 'from', 'on']);

function text(value: FieldValue | undefined): string {
  if (isObject(value)) return text(value.value ?? value.localizedValue);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
