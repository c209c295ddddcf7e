import { expect, test } from 'vitest';
import type { ComponentState, PipelineStatus, ReceiverStatus } from '../pipeline/commands.ts';
import { statusFrameOf } from './status.ts';

const one = (name: string, state: ComponentState): ReceiverStatus => ({
  name,
  state,
  detail: '',
  lastEventTs: null,
});

const status = (receivers: readonly ReceiverStatus[]): PipelineStatus => ({
  throughputEps: 0,
  queueDepth: 0,
  queueMax: 10,
  receivers,
  detectors: [one('sigma', 'ok')],
  sources: [],
  dedupCount: 0,
  startedTs: 0,
  rulesLoaded: 0,
  rulesRejected: 0,
});

test.each<[ComponentState, ComponentState, ComponentState]>([
  ['off', 'off', 'off'],
  ['ok', 'off', 'ok'],
  ['off', 'ok', 'ok'],
  ['ok', 'degraded', 'degraded'],
  ['down', 'ok', 'down'],
  ['degraded', 'down', 'down'],
])('syslog over UDP %s and over TCP %s is syslog %s, under the names of document 004', (udp, tcp, both) => {
  const receivers = [one('syslog-udp', udp), one('syslog-tcp', tcp), one('file-tail', 'ok')];
  const frame = statusFrameOf(status(receivers), 0, 1);
  expect(frame).toMatchObject({ receivers: { syslog: both, file: 'ok' }, detectors: { sigma: 'ok' } });
  expect(Object.keys('receivers' in frame ? frame.receivers : {})).toEqual(['syslog', 'file']);
});
