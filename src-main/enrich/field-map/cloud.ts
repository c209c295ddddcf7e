import type { FieldValue, Fields, LogSource } from '#shared/model/event.ts';
import { memberAt, textOf } from '../kit/members.ts';

/** Where a record keeps what rules know under another name. */
type NamePairs = readonly (readonly [path: string, name: string])[];

/**
 * Azure writes one record three ways: diagnostic settings (`operationName`, details under `properties`), Log
 * Analytics (`OperationName`, flat) and Graph. Public rules were written against all of them.
 */
export const AZURE_NAMES: Readonly<Record<string, NamePairs>> = {
  auditlogs: [
    ['operationName', 'OperationName'],
    ['OperationName', 'operationName'],
    ['operationName', 'properties.message'],
    ['OperationName', 'properties.message'],
    ['activityDisplayName', 'properties.message'],
    ['properties.activityDisplayName', 'ActivityDisplayName'],
    ['category', 'Category'],
    ['Category', 'category'],
    ['properties.loggedByService', 'LoggedByService'],
    ['properties.targetResources', 'TargetResources'],
    ['TargetResources', 'properties.targetResources'],
    ['properties.targetResources', 'targetResources'],
    ['properties.initiatedBy', 'InitiatedBy'],
    ['InitiatedBy', 'properties.initiatedBy'],
    ['properties.result', 'Status'],
    ['Result', 'Status'],
  ],
  signinlogs: [
    ['resultType', 'ResultType'],
    ['ResultType', 'resultType'],
    ['resultDescription', 'ResultDescription'],
    ['properties.authenticationRequirement', 'AuthenticationRequirement'],
    ['AuthenticationRequirement', 'properties.authenticationRequirement'],
    ['properties.deviceDetail', 'DeviceDetail'],
    ['properties.deviceDetail.trustType', 'DeviceDetail.trusttype'],
    ['DeviceDetail.trustType', 'DeviceDetail.trusttype'],
    ['properties.userAgent', 'userAgent'],
    ['UserAgent', 'userAgent'],
    ['properties.location', 'location'],
    ['properties.conditionalAccessStatus', 'conditionalAccessStatus'],
    ['ConditionalAccessStatus', 'conditionalAccessStatus'],
    ['properties.riskState', 'RiskState'],
    ['properties.networkLocationDetails', 'NetworkLocationDetails'],
    ['properties.resourceDisplayName', 'ResourceDisplayName'],
    ['properties.clientAppUsed', 'ClientApp'],
    ['ClientAppUsed', 'ClientApp'],
    ['properties.userPrincipalName', 'Username'],
    ['UserPrincipalName', 'Username'],
    ['properties.homeTenantId', 'homeTenantId'],
    ['properties.resourceTenantId', 'resourceTenantId'],
    ['properties.appId', 'AppId'],
    ['AppId', 'properties.appId'],
  ],
  activitylogs: [
    ['operationName.value', 'operationName'],
    ['OperationNameValue', 'operationName'],
    ['OperationName', 'operationName'],
    ['operationName', 'OperationNameValue'],
    ['category', 'CategoryValue'],
    ['resourceId', 'ResourceId'],
    ['resourceProviderName.value', 'ResourceProviderValue'],
  ],
  riskdetection: [
    ['properties.riskEventType', 'riskEventType'],
    ['RiskEventType', 'riskEventType'],
  ],
};

/** Cloud Logging entries, plain or in the `data` of a Pub/Sub message. */
export const GCP_NAMES: NamePairs = [
  ['protoPayload.methodName', 'gcp.audit.method_name'],
  ['data.protoPayload.methodName', 'gcp.audit.method_name'],
  ['protoPayload.methodName', 'data.protoPayload.methodName'],
  ['protoPayload.serviceName', 'data.protoPayload.serviceName'],
  ['logName', 'data.protoPayload.logName'],
  ['data.logName', 'data.protoPayload.logName'],
  ['resource.type', 'data.protoPayload.resource.type'],
  ['data.resource.type', 'data.protoPayload.resource.type'],
  ['protoPayload.authorizationInfo.permission', 'data.protoPayload.authorizationInfo.permission'],
  ['protoPayload.authorizationInfo.granted', 'data.protoPayload.authorizationInfo.granted'],
];

/** Workspace events, in Cloud Logging and in the Reports API's form. */
export const WORKSPACE_NAMES: NamePairs = [
  ['protoPayload.serviceName', 'eventService'],
  ['protoPayload.serviceName', 'protoPayload.Servicename'],
  ['protoPayload.metadata.event.eventName', 'eventName'],
  ['events.name', 'eventName'],
  ['events.name', 'protoPayload.metadata.event.eventName'],
];

/** The unified audit log under the names of Defender for Cloud Apps, which the older rules use. */
export const M365_NAMES: NamePairs = [
  ['Workload', 'eventSource'],
  ['Name', 'eventName'],
  ['Operation', 'eventName'],
  ['ResultStatus', 'status'],
];

/** Names that rules on cloud logs use and this record lacks; null when it has them all. */
export function mapCloud(fields: Fields, { product, service }: LogSource): Fields | null {
  switch (product) {
    case 'azure':
      return mapAzure(fields, service ?? '');
    case 'm365':
      return renamed(fields, M365_NAMES);
    case 'gcp':
      return service?.startsWith('google_workspace') === true
        ? mapWorkspace(fields, service)
        : renamed(fields, GCP_NAMES);
    default:
      return null;
  }
}

function mapAzure(fields: Fields, service: string): Fields | null {
  const pairs = Object.hasOwn(AZURE_NAMES, service) ? AZURE_NAMES[service] : undefined;
  if (pairs === undefined) return null;
  const mapped = renamed(fields, pairs);
  if (service !== 'signinlogs' || typeof fields.Status === 'string') return mapped;
  // A sign-in has an error code where rules ask for a word; 0 is the only success (Microsoft Entra error codes).
  const code = textOf(fields.resultType ?? fields.ResultType);
  return code === null ? mapped : { ...mapped, Status: code === '0' ? 'Success' : 'Failure' };
}

function mapWorkspace(fields: Fields, service: string): Fields | null {
  const mapped: Record<string, FieldValue> = { ...renamed(fields, WORKSPACE_NAMES) };
  // The Reports API names the application, Cloud Logging its service.
  mapped.eventService ??= `${service.slice(service.lastIndexOf('.') + 1)}.googleapis.com`;
  for (const parameter of [
    ...membersAt(fields, ['events', 'parameters']),
    ...membersAt(fields, ['protoPayload', 'metadata', 'event', 'parameter']),
  ]) {
    if (typeof parameter !== 'object' || parameter === null) continue;
    const { name, value } = parameter as Fields; // Not an array: `membersAt` looks inside those.
    if (typeof name === 'string' && value !== undefined) mapped[name.toLowerCase()] ??= value;
  }
  return mapped;
}

function renamed(fields: Fields, pairs: NamePairs): Fields | null {
  let mapped: Record<string, FieldValue> | null = null;
  for (const [path, name] of pairs) {
    const own = fields[name];
    // An object stands in the way of the text that rules compare (`operationName: {value, localizedValue}`).
    if (typeof own === 'string' || typeof own === 'number' || (mapped !== null && name in mapped)) continue;
    const value = memberAt(fields, path) ?? listAt(fields, path);
    if (value === undefined || value === null || value === own) continue;
    (mapped ??= {})[name] = value;
  }
  return mapped;
}

/** Members behind lists: `events.name` of every event. */
function listAt(fields: Fields, path: string): FieldValue | undefined {
  const found = membersAt(fields, path.split('.'));
  return found.length === 0 ? undefined : found;
}

/** Every value at a path, through lists as well as objects. */
function membersAt(value: FieldValue, path: readonly string[]): readonly FieldValue[] {
  if (Array.isArray(value)) {
    const list = value as readonly FieldValue[]; // Narrowing FieldValue by Array.isArray yields any[].
    return list.flatMap((member) => (Array.isArray(member) ? [] : membersAt(member, path)));
  }
  const [step, ...rest] = path;
  if (step === undefined) return value === null ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Fields;
  const member = Object.hasOwn(object, step) ? object[step] : undefined;
  return member === undefined ? [] : membersAt(member, rest);
}
