import { expect, test } from 'vitest';
import type { Fields, LogSource } from '#shared/model/event.ts';
import { mapCloud } from './cloud.ts';

function map(fields: Fields, product: string, service: string): Fields | null {
  const logsource: LogSource = { category: null, product, service };
  return mapCloud(fields, logsource);
}

test('an Azure sign-in has the same names, however it was exported', () => {
  const diagnostic = {
    category: 'SignInLogs',
    resultType: '50126',
    resultDescription: 'Invalid password',
    properties: {
      userAgent: 'curl',
      deviceDetail: { trustType: 'Hybrid' },
      userPrincipalName: 'a@example.org',
    },
  };
  expect(map(diagnostic, 'azure', 'signinlogs')).toMatchObject({
    ResultType: '50126',
    ResultDescription: 'Invalid password',
    Status: 'Failure',
    userAgent: 'curl',
    Username: 'a@example.org',
    'DeviceDetail.trusttype': 'Hybrid',
  });
  const analytics = {
    Type: 'SigninLogs',
    ResultType: 0,
    ClientAppUsed: 'IMAP',
    UserPrincipalName: 'a@example.org',
  };
  expect(map(analytics, 'azure', 'signinlogs')).toEqual({
    resultType: 0,
    ClientApp: 'IMAP',
    Username: 'a@example.org',
    Status: 'Success',
  });
});

test('Azure audit and activity logs: the operation under each name that rules give it', () => {
  expect(map({ category: 'AuditLogs', operationName: 'Add user' }, 'azure', 'auditlogs')).toEqual({
    OperationName: 'Add user',
    'properties.message': 'Add user',
    Category: 'AuditLogs',
  });
  const value = 'Microsoft.Network/firewalls/delete';
  expect(map({ operationName: { value, localizedValue: 'x' } }, 'azure', 'activitylogs')).toMatchObject({
    operationName: value,
  });
  expect(map({ OperationNameValue: value }, 'azure', 'activitylogs')).toEqual({ operationName: value });
  expect(map({ a: 1 }, 'azure', 'nothing-known')).toBeNull();
});

test('Google Cloud: plain entries and those in a Pub/Sub message', () => {
  const protoPayload = {
    methodName: 'storage.buckets.delete',
    serviceName: 'storage.googleapis.com',
    authorizationInfo: [{ permission: 'a', granted: true }, { permission: 'b' }],
  };
  expect(map({ protoPayload }, 'gcp', 'gcp.audit')).toEqual({
    'gcp.audit.method_name': 'storage.buckets.delete',
    'data.protoPayload.methodName': 'storage.buckets.delete',
    'data.protoPayload.serviceName': 'storage.googleapis.com',
    'data.protoPayload.authorizationInfo.permission': ['a', 'b'],
    'data.protoPayload.authorizationInfo.granted': [true],
  });
  expect(map({ data: { protoPayload } }, 'gcp', 'gcp.audit')).toEqual({
    'gcp.audit.method_name': 'storage.buckets.delete',
  });
});

test('Google Workspace: event names and parameters of both forms', () => {
  const report = {
    kind: 'admin#reports#activity',
    events: [
      {
        name: 'CHANGE_APPLICATION_SETTING',
        parameters: [{ name: 'SETTING_NAME', value: 'x' }, { name: 'EMPTY' }],
      },
    ],
  };
  expect(map(report, 'gcp', 'google_workspace.admin')).toMatchObject({
    eventService: 'admin.googleapis.com',
    eventName: ['CHANGE_APPLICATION_SETTING'],
    setting_name: 'x',
  });
  const entry = {
    protoPayload: {
      serviceName: 'login.googleapis.com',
      metadata: { event: [{ eventName: 'suspicious_login' }] },
    },
  };
  expect(map(entry, 'gcp', 'google_workspace.login')).toMatchObject({
    eventService: 'login.googleapis.com',
    eventName: ['suspicious_login'],
  });
});

test('Microsoft 365: the names of Defender for Cloud Apps', () => {
  expect(
    map(
      { Workload: 'Exchange', Operation: 'Add-FederatedDomain', ResultStatus: 'success' },
      'm365',
      'exchange',
    ),
  ).toEqual({
    eventSource: 'Exchange',
    eventName: 'Add-FederatedDomain',
    status: 'success',
  });
});

test('hostile records: members where objects are expected, and names of every object', () => {
  expect(map({ protoPayload: 'x', data: [1, [2]] }, 'gcp', 'gcp.audit')).toBeNull();
  expect(map({ events: [null, 'x', { parameters: 'y' }] }, 'gcp', 'google_workspace.admin')).toEqual({
    eventService: 'admin.googleapis.com',
  });
  expect(map({ a: 1 }, 'azure', 'constructor')).toBeNull();
});
