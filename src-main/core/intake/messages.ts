import type { ReceiverNotice } from '../../ingest/receiver.ts';
import type { ReceiverStatus } from '../../pipeline/commands.ts';
import type { SourceCounters } from '../../pipeline/counters.ts';
import type { SourceOffset } from '../../pipeline/batch.ts';
import type { CommitReceipt } from '../../store/interface/writer.ts';
import type { IncomingBatch } from '../flow/flow.ts';

/** What the intake worker is started with. A port of null means that the receiver is off. */
export interface IntakeWorkerData {
  readonly bindAddr: string;
  readonly syslogUdpPort: number | null;
  readonly syslogTcpPort: number | null;
  readonly filePaths: readonly string[];
  /** How far followed files had been committed when Harrier last stopped. */
  readonly fileOffsets: readonly SourceOffset[];
  readonly queueMax: number;
}

/** Source ids of the receivers: also their names in `status` frames and counters. */
export const SOURCES = { syslogUdp: 'syslog-udp', syslogTcp: 'syslog-tcp', file: 'file-tail' } as const;

/** State of intake at one moment; counters and depth belong together. */
export interface IntakeStatus {
  readonly receivers: readonly ReceiverStatus[];
  readonly sources: readonly SourceCounters[];
  /** Records held by receivers or waiting for their commit. */
  readonly depth: number;
}

export interface IntakeWorkerMethods {
  /** Opens the receivers; rejects with `port_in_use` and leaves none open. */
  start(argument: null): Promise<IntakeStatus>;
  /** Stops taking in, waits until what is here has been committed, closes. */
  stop(argument: null): Promise<IntakeStatus>;
}

export interface IntakeCoreMethods {
  submit(batch: IncomingBatch): Promise<CommitReceipt>;
}

export type IntakeNotice =
  | { readonly kind: 'status'; readonly status: IntakeStatus }
  | { readonly kind: 'notice'; readonly sourceId: string; readonly notice: ReceiverNotice };
