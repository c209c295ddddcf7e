import { expect, test } from 'vitest';
import type { Detection } from '#shared/model/alert.ts';
import { compileRules } from '../compile-rules.ts';
import { parseRules } from '../document/parse-rule.ts';
import { eventOf } from '../testing/events.ts';
import { parsePipeline } from './parse-pipeline.ts';

const RULES = `title: Failed logon
id: failed
name: failed_logon
logsource: {product: windows, service: security}
detection: {s: {EventID: 4625}, condition: s}
---
title: Guessing
id: guessing
level: high
correlation:
  type: value_count
  rules: [failed_logon]
  group-by: [SourceIp, who]
  aliases: {who: {failed_logon: TargetUserName}}
  timespan: 5m
  condition: {field: WorkstationName, gte: 2}
`;

const PIPELINE = `transformations:
  - type: field_name_mapping
    mapping: {EventID: winlog.event_id, SourceIp: source.ip, TargetUserName: user.name, WorkstationName: host}
    rule_conditions: [{type: logsource, product: windows}]
`;

function engineWith(pipeline: string) {
  const parsed = parsePipeline(pipeline, 'p.yml');
  expect(parsed.problems).toEqual([]);
  const pipelines = parsed.pipeline === null ? [] : [parsed.pipeline];
  return compileRules(parseRules(RULES, 'r.yml'), { anyLogsource: false, pipelines });
}

const ECS = { 'winlog.event_id': 4625, 'source.ip': '10.0.0.1', 'user.name': 'eve' };
const logsource = { product: 'windows', service: 'security', category: null };

test('a correlation groups by, maps and counts the fields that a pipeline renamed', () => {
  const engine = engineWith(PIPELINE);
  expect(engine.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const events = ['a', 'b'].map((host, index) =>
    eventOf({ ...ECS, host }, { id: host, eventTs: 1000 * index, logsource }),
  );
  const found: readonly Detection[] = [...engine.detect(events)];
  expect(found.map(({ ruleId }) => ruleId)).toContain('guessing');
  const others = ['a', 'b'].map((host, index) =>
    eventOf({ ...ECS, host, 'user.name': host }, { id: `other-${host}`, eventTs: 1000 * index, logsource }),
  );
  expect(engineWith(PIPELINE).detect(others)).toEqual([]);
});

test('conditions tell rules and correlations apart', () => {
  const onlyRules = `${PIPELINE.trimEnd()}\n      - {type: is_sigma_rule}\n`.replace(
    '[{type: logsource, product: windows}]',
    '\n      - {type: logsource, product: windows}',
  );
  const events = ['a', 'b'].map((host, index) =>
    eventOf(
      { ...ECS, SourceIp: '10.0.0.1', TargetUserName: 'eve', WorkstationName: host },
      { id: host, eventTs: 1000 * index, logsource },
    ),
  );
  expect(engineWith(onlyRules).detect(events)).toHaveLength(1);
  expect(engineWith(PIPELINE).detect(events)).toEqual([]);
});

test('a field that has to be one cannot become several', () => {
  const { problems } = engineWith(
    'transformations: [{type: field_name_mapping, mapping: {WorkstationName: [a, b]}}]',
  );
  expect(problems).toMatchObject([
    { line: 16, severity: 'error', message: expect.stringContaining('several fields') as unknown },
  ]);
});
