import type { FieldValue } from '#shared/model/event.ts';
import { linuxLogsource } from '../linux-logsource.ts';
import type { ShapedEvent } from '../windows-event.ts';
import { genericEvent } from './generic.ts';
import type { JsonObject } from './json-text.ts';

/** Members that name the program of a syslog record: Sentinel's Syslog table, journald's export, rsyslog. */
const PROGRAMS = ['ProcessName', 'SYSLOG_IDENTIFIER', '_COMM', 'programname', 'program', 'appname'];

/** Members that only a syslog or journald record has. */
const MARKS = ['SyslogMessage', '__REALTIME_TIMESTAMP', 'syslogtag', 'SYSLOG_IDENTIFIER'];

/** A record of a Linux host's log that was turned into JSON on its way; null for anything else. */
export function linuxEvent(record: JsonObject): ShapedEvent | null {
  if (!MARKS.some((name) => record[name] !== undefined)) return null;
  const program = PROGRAMS.map((name) => record[name]).find(isText) ?? '';
  return genericEvent(record, { logsource: linuxLogsource(program) });
}

function isText(value: FieldValue | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
