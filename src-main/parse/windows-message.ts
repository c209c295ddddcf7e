import type { FieldValue, Fields } from '#shared/model/event.ts';

/**
 * What an analyst looks for first in a Windows record. These stand at the front of its message: a list shows only
 * the first hundred characters of it.
 */
const LEADING = new Set([
  'CommandLine',
  'ScriptBlockText',
  'Payload',
  'TargetFilename',
  'TargetObject',
  'QueryName',
  'ImageLoaded',
  'PipeName',
  'DestinationIp',
  'DestinationHostname',
  'ServiceName',
  'ServiceFileName',
  'ImagePath',
  'TaskName',
  'TargetUserName',
  'IpAddress',
  'ShareName',
  'RelativeTargetName',
  'ObjectName',
  'TargetImage',
  'SourceImage',
]);

/** True for a field that stands at the front of the message. */
export function isLeading(name: string): boolean {
  return LEADING.has(name);
}

/** `Sysmon 1`, `Security 4688`, `PowerShell 4104`: the channel without what all channels share, and the event id. */
export function recordName(fields: Fields): string {
  const channel = text(fields.Channel) || text(fields.Provider_Name);
  const short = channel.replace(/^Microsoft-Windows-/, '').replace(/\/Operational$/, '');
  const parts = [short, text(fields.EventID)].filter((part) => part !== '');
  return parts.length === 0 ? 'Windows event' : parts.join(' ');
}

function text(value: FieldValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
