import { expect, it } from 'vitest';
import { detectionRuleWire } from '#shared/contract/detections.ts';
import { bodyOf, draftOf } from './scheduled-draft.ts';

const RULE = detectionRuleWire.parse({
  id: 'rule-a',
  kind: 'scheduled',
  name: 'PowerShell download cradle',
  description: 'High-signal PowerShell execution on workstations',
  query: 'powershell.exe',
  source: 'endpoint_security',
  match_severity: 'warning',
  host: null,
  alert_severity: 'high',
  alert_title_template: 'Detection: {rule_name} on {host}',
  alert_description_template: 'Matched event: {message}',
  auto_create_case: true,
  enabled: true,
  schedule_enabled: true,
  schedule_interval_minutes: 30,
  mitre_techniques: ['T1059.001'],
  sharing_mode: 'team',
  shared_with_roles: ['analyst'],
  tags: ['powershell'],
  pivots: [],
  owner: 'window',
  created_at: '2026-04-25T10:00:00.000Z',
  updated_at: '2026-04-25T10:00:00.000Z',
  last_run_at: null,
  next_run_at: '2026-04-25T10:30:00.000Z',
});

it('a rule that is opened and saved stays what it is', () => {
  const body = bodyOf(draftOf(RULE, 'not used'));
  expect({ ...RULE, ...body }).toEqual(RULE);
  expect(body).not.toHaveProperty('auto_create_case');
  expect(body).not.toHaveProperty('shared_with_roles');
});

it('a new rule takes the query that it is made from; empty fields mean any', () => {
  const body = bodyOf({ ...draftOf(undefined, 'powershell'), name: ' Cradle ', host: '  ' });
  expect(body).toMatchObject({ name: 'Cradle', query: 'powershell', host: null, source: null });
});
