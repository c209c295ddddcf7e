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
    receivers: statesOf(status.receivers),
    detectors: statesOf(status.detectors),
  };
}

/** True when two states would make the same frame, its time and number aside. */
export function sameStatus(a: PipelineStatus, b: PipelineStatus): boolean {
  return JSON.stringify(statusFrameOf(a, 0, 0)) === JSON.stringify(statusFrameOf(b, 0, 0));
}

function statesOf(components: readonly ReceiverStatus[]): Record<string, ReceiverStatus['state']> {
  return Object.fromEntries(components.map(({ name, state }) => [name, state]));
}
