import type { Alert } from '#shared/model/alert.ts';
import type { DetectionRule, Suppression } from '#shared/model/detection-rule.ts';
import type { LogEvent } from '#shared/model/event.ts';
import type { PipelineStatus } from '../../pipeline/commands.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import type { ImportRecord } from '../../store/interface/imports.ts';
import type { WorkspaceRecord } from '../../store/interface/records.ts';
import type { RuleVersion, RuleVersionText } from '../../store/interface/rules.ts';

/** A fixed "now" for tests: the instant of document 004's examples. */
export const NOW = Date.parse('2026-05-13T15:30:00.123Z');

export const sampleEvent: LogEvent = {
  id: '01HZX00000000000000000000A',
  eventTs: NOW - 125,
  observedTs: NOW,
  source: 'syslog',
  sourceId: 'syslog_udp',
  severity: 13,
  host: 'web-01',
  message: 'Failed password for root from 10.0.1.42',
  logsource: { category: null, product: 'linux', service: 'sshd' },
  fields: { program: 'sshd', pid: 4711 },
  mapped: null,
  entities: [
    { type: 'user', value: 'root', uuid: '6f1c2b1e-0c2f-5d53-9a43-0a1f4a5b6c7d' },
    { type: 'ipv4', value: '10.0.1.42', uuid: '0e9d5c4b-3a2f-5e1d-8c7b-6a5f4e3d2c1b' },
  ],
  attack: { tactic: 'credential-access', technique: 'T1110.001' },
  raw: Buffer.from('<38>May 13 15:29:59 web-01 sshd[4711]: Failed password for root from 10.0.1.42'),
  evidence: null,
  peer: '192.0.2.1:514',
  flags: [],
};

export const importedEvent: LogEvent = {
  ...sampleEvent,
  id: '01HZX00000000000000000000B',
  source: 'evtx',
  fields: { program: 'cron', pid: 812 },
  raw: null,
  evidence: {
    evidenceId: 'a'.repeat(64),
    path: 'case.zip!a.evtx',
    offset: 4096,
    length: 900_000,
    recordId: 7,
  },
};

export const sampleAlert: Alert = {
  id: 'alr_01HZX0000000000000000000A',
  ts: NOW,
  ruleId: 'ssh_brute_force',
  ruleKind: 'sigma',
  severity: 'high',
  title: 'SSH brute force',
  author: 'Harrier',
  tags: ['attack.credential-access', 'attack.t1110.001'],
  attack: { tactic: 'credential-access', technique: 'T1110.001' },
  entities: sampleEvent.entities,
  dedupKey: 'sigma:ssh_brute_force:10.0.1.42',
  status: 'new',
  count: 3,
  firstSeen: NOW - 60_000,
  lastSeen: NOW,
  matched: [
    {
      selection: 'selection',
      fields: [{ field: 'message', value: sampleEvent.message, pattern: '*Failed password*' }],
    },
  ],
  eventIds: [sampleEvent.id],
};

export const sampleRule: LoadedRule = {
  kind: 'sigma',
  id: 'ssh_brute_force',
  name: null,
  title: 'SSH brute force',
  level: 'high',
  status: 'test',
  author: 'Harrier',
  description: 'Many failed passwords.',
  references: [],
  falsePositives: ['Misconfigured clients'],
  tags: sampleAlert.tags,
  attack: [{ tactic: 'credential-access', technique: 'T1110.001' }],
  logsource: sampleEvent.logsource,
  fields: ['message'],
  origin: 'shipped',
  file: 'rules/sigma/ssh_brute_force.yml',
  yaml: 'title: SSH brute force\n',
  enabled: true,
  levelOverride: null,
  original: null,
  version: 0,
  date: '2026-01-01',
  modified: null,
};

export const sampleVersion: RuleVersion = {
  version: 1,
  ts: NOW,
  author: 'analyst',
  action: 'edited',
  reason: 'less noise',
  enabled: true,
  levelOverride: null,
  hasText: true,
};

export const sampleVersionText: RuleVersionText = {
  ...sampleVersion,
  yaml: 'title: SSH brute force, narrower\n',
  previous: null,
};

export const sampleImport: ImportRecord = {
  id: '01HZX0000000000000000IMPORT',
  paths: ['/evidence/case.zip'],
  state: 'done',
  reason: null,
  createdTs: NOW - 10_000,
  finishedTs: NOW,
  bytesTotal: 1000,
  bytesDone: 1000,
  events: 10,
  rejected: { invalid_json: 1 },
  alerts: 1,
  firstEventTs: NOW - 90_000,
  lastEventTs: NOW,
  hosts: ['web-01'],
  files: [
    {
      path: 'case.zip!a.evtx',
      format: 'evtx',
      outcome: 'ok',
      reason: null,
      sizeBytes: 1000,
      sha256: 'a'.repeat(64),
      events: 10,
      rejected: 1,
    },
  ],
};

export const sampleLayerRecord: WorkspaceRecord = {
  kind: 'attack_layer',
  name: '01HZX00000000000000000LAYER',
  body: JSON.stringify({
    name: 'Plan',
    description: '',
    attackVersion: '18',
    entries: [{ technique: 'T1110', tactic: null, score: 2, enabled: true, comment: 'Next quarter' }],
    skipped: { unknown_technique: 1 },
  }),
  updatedTs: NOW,
};

export const sampleStatus: PipelineStatus = {
  throughputEps: 4287,
  queueDepth: 23,
  queueMax: 10_000,
  receivers: [{ name: 'syslog', state: 'ok', detail: '', lastEventTs: NOW }],
  detectors: [{ name: 'sigma', state: 'ok', detail: '', lastEventTs: null }],
  sources: [
    {
      sourceId: 'syslog_udp',
      received: 3,
      committed: 1,
      rejected: { empty: 1 },
      dropped: {},
      inQueue: 1,
    },
  ],
  dedupCount: 2,
  startedTs: NOW - 5000,
  rulesLoaded: 1,
  rulesRejected: 1,
};

export const sampleDetectionRule: DetectionRule = {
  id: '0b0f4c1e-7d5a-4c86-9a43-0a1f4a5b6c7d',
  name: 'PowerShell download cradle',
  description: '',
  query: 'powershell AND IEX',
  source: null,
  matchSeverity: 'warning',
  host: null,
  alertSeverity: 'high',
  alertTitleTemplate: 'Detection: {rule_name} on {host}',
  alertDescriptionTemplate: '',
  autoCreateCase: false,
  enabled: true,
  scheduleEnabled: true,
  scheduleIntervalMinutes: 30,
  mitreTechniques: ['T1059.001'],
  sharingMode: 'team',
  sharedWithRoles: [],
  tags: [],
  pivots: [],
  owner: 'window',
  createdTs: NOW - 1000,
  updatedTs: NOW - 500,
  lastRunTs: null,
  nextRunTs: NOW + 60_000,
  examinedUpTo: 0,
};

export const sampleSuppression: Suppression = {
  id: 's',
  ruleId: sampleDetectionRule.id,
  name: 'Lab',
  reason: 'Known test traffic',
  criteria: { host: 'sandbox-01' },
  owner: 'window',
  createdTs: NOW - 400,
  expiresTs: null,
};
