import type { StreamFrame } from '#shared/contract/stream.ts';
import { isoTime } from '#shared/wire/time.ts';
import type { PipelineStatus, ReceiverStatus } from '../pipeline/commands.ts';

/** The pipeline's state as document 004's `status` frame. */
export function statusFrameOf(status: PipelineStatus, nowMs: number, seq: number): StreamFrame {
  return {
    type: 'status',
    seq,
    ts: isoTime(nowMs),
    throughput_eps: status.throughputEps,
    queue_depth: status.queueDepth,
    queue_max: status.queueMax,
    receivers: byKind(status.receivers),
    detectors: statesOf(status.detectors),
  };
}

/** True when two states would make the same frame, its time and number aside. */
export function sameStatus(a: PipelineStatus, b: PipelineStatus): boolean {
  return JSON.stringify(statusFrameOf(a, 0, 0)) === JSON.stringify(statusFrameOf(b, 0, 0));
}

/** Document 004 names the kinds of receivers. Counters, `/stats` and `/health` tell them apart. */
const KINDS: Readonly<Record<string, string>> = {
  'syslog-udp': 'syslog',
  'syslog-tcp': 'syslog',
  'file-tail': 'file',
};

/** From best to worst; a receiver that is switched off says nothing about the others of its kind. */
const FROM_BEST: readonly ReceiverStatus['state'][] = ['off', 'ok', 'degraded', 'down'];

/** The worst state of each kind of receiver. */
function byKind(receivers: readonly ReceiverStatus[]): Record<string, ReceiverStatus['state']> {
  const worst: Record<string, ReceiverStatus['state']> = {};
  for (const { name, state } of receivers) {
    const kind = KINDS[name] ?? name;
    if (FROM_BEST.indexOf(state) >= FROM_BEST.indexOf(worst[kind] ?? 'off')) worst[kind] = state;
  }
  return worst;
}

function statesOf(components: readonly ReceiverStatus[]): Record<string, ReceiverStatus['state']> {
  return Object.fromEntries(components.map(({ name, state }) => [name, state]));
}
