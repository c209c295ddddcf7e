import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type RouteName } from '#shared/contract/index.ts';
import type { Route } from '#shared/contract/route.ts';
import {
  sampleAlert,
  sampleDetectionRule,
  sampleEvent,
  sampleImport,
  sampleLayerRecord,
  sampleRule,
} from './test-support/samples.ts';
import { serveApi, type ServedApi } from './test-support/serve.ts';

const DETECTION = `/api/v1/detections/rules/${sampleDetectionRule.id}`;

/** What each route is called with; the compiler demands an entry for every route of the table. */
const CALLS: Readonly<Record<RouteName, { path?: string; body?: unknown; bytes?: Uint8Array }>> = {
  health: {},
  healthDetail: {},
  ready: {},
  stats: {},
  config: {},
  openapi: {},
  setup: { body: {} },
  session: {},
  wsTicket: {},
  listEvents: { path: '/api/v1/events?since=24h&severity=warning&q=host:web-01&limit=10' },
  eventHistogram: { path: '/api/v1/events/histogram?since=24h&buckets=24' },
  eventValues: { path: '/api/v1/events/values?field=host' },
  getEvent: { path: `/api/v1/events/${sampleEvent.id}` },
  eventContext: { path: `/api/v1/events/${sampleEvent.id}/context` },
  listAlerts: { path: '/api/v1/alerts?since=24h&limit=50' },
  getAlert: { path: `/api/v1/alerts/${sampleAlert.id}` },
  alertEvents: { path: `/api/v1/alerts/${sampleAlert.id}/events` },
  addFeedback: { path: `/api/v1/alerts/${sampleAlert.id}/feedback`, body: { feedback: 'fp', origin: 'api' } },
  listFeedback: { path: `/api/v1/alerts/${sampleAlert.id}/feedback` },
  patchAlert: { path: `/api/v1/alerts/${sampleAlert.id}`, body: { status: 'closed' } },
  listRules: {},
  getRule: { path: `/api/v1/sigma/rules/${sampleRule.id}` },
  ruleTimeline: { path: `/api/v1/sigma/rules/${sampleRule.id}/timeline?bucket=hour&window=24h` },
  ruleActivity: {},
  listSavedViews: { path: '/api/v1/views/rules' },
  listPlaceholders: {},
  listPipelines: {},
  savePlaceholder: { path: '/api/v1/sigma/placeholders/Admins', body: { values: ['a'] } },
  deletePlaceholder: { path: '/api/v1/sigma/placeholders/Admins' },
  savePipeline: { path: '/api/v1/sigma/pipelines/ecs', body: { yaml: 'name: ecs' } },
  deletePipeline: { path: '/api/v1/sigma/pipelines/ecs' },
  saveView: { path: '/api/v1/views/rules/noisy', body: { search: { level: 'high' } } },
  deleteView: { path: '/api/v1/views/rules/noisy' },
  patchRule: { path: `/api/v1/sigma/rules/${sampleRule.id}`, body: { enabled: false, level: 'low' } },
  changeRules: { body: { ids: [sampleRule.id], enabled: false } },
  exportRules: { path: '/api/v1/sigma/rules/export?origin=shipped' },
  updateRule: {
    path: `/api/v1/sigma/rules/${sampleRule.id}`,
    body: { yaml: 'title: x', reason: 'less noise', base_version: 0 },
  },
  deleteRule: { path: `/api/v1/sigma/rules/${sampleRule.id}?reason=unused` },
  ruleVersions: { path: `/api/v1/sigma/rules/${sampleRule.id}/versions` },
  ruleVersion: { path: `/api/v1/sigma/rules/${sampleRule.id}/versions/1` },
  restoreRule: { path: `/api/v1/sigma/rules/${sampleRule.id}/restore`, body: { version: 1 } },
  importRules: { body: { paths: ['/rules.zip'], dry_run: true } },
  uploadRules: { path: '/api/v1/sigma/rules/import/upload?name=rule.yml', bytes: Buffer.from('title: x') },
  getEngine: {},
  reloadEngine: {},
  explainRule: { body: { rule_id: sampleRule.id, event_id: sampleEvent.id } },
  dryRunRule: { body: { rule_id: sampleRule.id, since: '7d' } },
  testRule: { body: { yaml: 'title: x', cases: [{ expect: 'match', event: { a: 1 } }] } },
  getRuleCases: { path: `/api/v1/sigma/rules/${sampleRule.id}/cases` },
  putRuleCases: { path: `/api/v1/sigma/rules/${sampleRule.id}/cases`, body: { cases: [] } },
  ruleVocabulary: {},
  createRule: { body: { yaml: 'title: x' } },
  getRuleNotes: { path: `/api/v1/sigma/rules/${sampleRule.id}/notes` },
  putRuleNotes: { path: `/api/v1/sigma/rules/${sampleRule.id}/notes`, body: { text: 'Ask first.' } },
  listDetectionRules: {},
  createDetectionRule: { body: { name: 'n', query: 'powershell AND IEX' } },
  patchDetectionRule: { path: DETECTION, body: { enabled: false } },
  deleteDetectionRule: { path: DETECTION },
  runDetectionRule: { path: `${DETECTION}/run` },
  listDetectionRuns: { path: `${DETECTION}/runs` },
  listSuppressions: { path: `${DETECTION}/suppressions` },
  createSuppression: {
    path: `${DETECTION}/suppressions`,
    body: { name: 'n', reason: 'r', criteria: { host: 'h' }, suppress_for_hours: 24 },
  },
  deleteSuppression: { path: `${DETECTION}/suppressions/s` },
  listDetectionFeedback: { path: `${DETECTION}/feedback` },
  addDetectionFeedback: { path: `${DETECTION}/feedback`, body: { verdict: 'needs_tuning' } },
  detectionMetrics: {},
  listSuggestions: {},
  draftSuggestion: { path: `/api/v1/sigma/rule-suggestions/${sampleAlert.ruleId}` },
  discardSuggestion: { path: `/api/v1/sigma/rule-suggestions/${sampleAlert.ruleId}` },
  attackCoverage: {},
  coverageLayer: { path: '/api/v1/attack/coverage/layer?from=rules&status=test' },
  listLayers: {},
  importLayers: { body: { name: 'Mine', domain: 'enterprise-attack', techniques: [] } },
  layerOverlay: { path: `/api/v1/attack/overlay?layers=${sampleLayerRecord.name}&expression=a*2` },
  deleteLayer: { path: `/api/v1/attack/layers/${sampleLayerRecord.name}` },
  listThreats: {},
  threatTechniques: { path: '/api/v1/attack/threats/techniques?ids=G0016,S0154' },
  startImport: { body: { paths: ['/evidence'] } },
  uploadImport: { path: '/api/v1/imports/upload?name=a.evtx', bytes: new Uint8Array(3_000_000) },
  openSample: {},
  listImports: {},
  getImport: { path: `/api/v1/imports/${sampleImport.id}` },
  cancelImport: { path: '/api/v1/imports/started/cancel' },
  undoImport: { path: `/api/v1/imports/${sampleImport.id}/undo` },
  importRejects: { path: `/api/v1/imports/${sampleImport.id}/rejects` },
};

describe('every route of the table', () => {
  let api: ServedApi;
  beforeAll(async () => {
    api = await serveApi();
    await api.call('/api/v1/imports', jsonInit('POST', { paths: ['/evidence'] }));
  });
  afterAll(() => api.stop());

  it.each(Object.keys(routes) as RouteName[])('%s answers what its schema says', async (name) => {
    const route: Route = routes[name];
    const call = CALLS[name];
    const body = name === 'setup' ? { setup_token: api.setupToken.token } : call.body;
    const init = call.bytes === undefined ? jsonInit(route.method, body) : bytesInit(call.bytes);
    const response = await api.call(call.path ?? route.path, init);
    const answer = await answerOf(route, response);
    expect({ status: response.status, answer }).toMatchObject({ status: route.status });
    // Strict parsing would be needed to notice extra members; comparing with what the schema keeps does it.
    expect(answer).toEqual(route.response.parse(answer));
  });
});

async function answerOf(route: Route, response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  expect(response.headers.get('content-type')).toContain(route.responseType ?? 'application/json');
  return route.responseType === undefined ? response.json() : response.text();
}

function jsonInit(method: string, body: unknown) {
  if (body === undefined) return { method };
  return { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

function bytesInit(bytes: Uint8Array) {
  const body = new Blob([new Uint8Array(bytes)]);
  return { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } };
}
