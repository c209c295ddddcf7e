import type { EventSource } from '#shared/model/event.ts';
import { startFileTail } from '../../ingest/file-tail/file-tail.ts';
import type { ReceivedRecord, ReceiverContext, ReceiverHandle } from '../../ingest/receiver.ts';
import { startSyslogTcp } from '../../ingest/syslog/tcp.ts';
import { startSyslogUdp } from '../../ingest/syslog/udp.ts';
import { parseLine } from '../../parse/line.ts';
import { parseSyslog } from '../../parse/syslog/syslog-format.ts';
import type { ParseOutcome } from '../../pipeline/parsing.ts';
import { SOURCES, type IntakeWorkerData } from './messages.ts';

/** One receiver that the settings ask for: how to open it and how its records are read. */
export interface ReceiverPlan {
  readonly sourceId: string;
  readonly source: EventSource;
  readonly open: (context: ReceiverContext) => Promise<ReceiverHandle>;
  readonly parse: (record: ReceivedRecord) => ParseOutcome;
}

/** The receivers that are switched on, in the order in which they open. A new receiver is a new entry here. */
export function plannedReceivers(options: IntakeWorkerData): readonly ReceiverPlan[] {
  const { bindAddr: host, syslogUdpPort, syslogTcpPort, filePaths: paths } = options;
  const plans: ReceiverPlan[] = [];
  const syslog = (record: ReceivedRecord): ParseOutcome =>
    parseSyslog(record.bytes, { nowMs: record.receivedMs });
  if (syslogUdpPort !== null) {
    plans.push({
      sourceId: SOURCES.syslogUdp,
      source: 'syslog',
      open: (context) => startSyslogUdp({ host, port: syslogUdpPort }, context),
      parse: syslog,
    });
  }
  if (syslogTcpPort !== null) {
    plans.push({
      sourceId: SOURCES.syslogTcp,
      source: 'syslog',
      open: (context) => startSyslogTcp({ host, port: syslogTcpPort }, context),
      parse: syslog,
    });
  }
  if (paths.length > 0) {
    plans.push({
      sourceId: SOURCES.file,
      source: 'file',
      open: (context) => startFileTail({ paths, offsets: options.fileOffsets }, context),
      parse: (record) => parseLine(record.bytes, { nowMs: record.receivedMs }),
    });
  }
  return plans;
}
