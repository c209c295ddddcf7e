import { z } from 'zod';
import { alertWire } from './alerts.ts';
import { eventWire } from './events.ts';
import { componentState, timestamp } from './primitives.ts';

/** Where the stream lives. Document 004; browsers add `?ticket=` from POST /api/v1/ws-ticket. */
export const STREAM_PATH = '/api/v1/ws';

const seq = z.number().int().meta({
  description: 'Increases by one per frame of this server; a client that sees a gap refills by REST',
});

export const eventFrame = z.object({ type: z.literal('event'), seq, event: eventWire });

export const alertFrame = z.object({ type: z.literal('alert'), seq, alert: alertWire });

export const statusFrame = z.object({
  type: z.literal('status'),
  seq,
  ts: timestamp,
  throughput_eps: z.number(),
  queue_depth: z.number().int(),
  queue_max: z.number().int(),
  receivers: z.record(z.string(), componentState),
  detectors: z.record(z.string(), componentState),
});

/** This client was too slow: `skipped` frames from `from_seq` on were not sent. Refill by REST. */
export const gapFrame = z.object({
  type: z.literal('gap'),
  seq,
  from_seq: z.number().int(),
  skipped: z.number().int(),
});

export const streamFrame = z.discriminatedUnion('type', [eventFrame, alertFrame, statusFrame, gapFrame]);

export type StreamFrame = z.infer<typeof streamFrame>;
