import { createHash } from 'node:crypto';
import { DOMAIN, NETBIOS, type Machine } from './cast.ts';

export type Data = Readonly<Record<string, string | number>>;

/** One record before its number in the log is known. */
export interface WindowsRecord {
  readonly ts: number;
  readonly machine: Machine;
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly data: Data;
}

const SYSMON = 'Microsoft-Windows-Sysmon';

/** One process start, as a story tells it; the rest of Sysmon's fields is made up around it. */
export interface ProcessStart {
  readonly image: string;
  readonly commandLine: string;
  readonly parent: string;
  readonly user?: string;
  readonly integrity?: 'Medium' | 'High' | 'System';
}

function digest(text: string, length: number): string {
  return createHash('sha256').update(`sample case ${text}`).digest('hex').slice(0, length);
}

/** The same program on the same machine at the same second has the same process id. */
export function processId(machine: Machine, image: string, ts: number): number {
  return 1000 + (Number.parseInt(digest(`${machine.name}${image}${Math.floor(ts / 1000)}`, 4), 16) % 11_000);
}

function guid(text: string): string {
  const hex = digest(text, 32).toUpperCase();
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}}`;
}

export function account(user: string): string {
  return user === 'SYSTEM' ? 'NT AUTHORITY\\SYSTEM' : `${NETBIOS}\\${user}`;
}

function utcTime(ts: number): string {
  return new Date(ts).toISOString().replace('T', ' ').replace('Z', '');
}

function fileName(image: string): string {
  return image.slice(image.lastIndexOf('\\') + 1);
}

export function sysmon(machine: Machine, ts: number, eventId: number, data: Data): WindowsRecord {
  return {
    ts,
    machine,
    channel: `${SYSMON}/Operational`,
    provider: SYSMON,
    eventId,
    data: { RuleName: '-', UtcTime: utcTime(ts), ...data },
  };
}

/** Who acts, for every Sysmon event that has a process. */
function actor(machine: Machine, ts: number, image: string, user: string): Data {
  const id = processId(machine, image, ts);
  return {
    ProcessGuid: guid(`${machine.name}${image}${id}`),
    ProcessId: id,
    Image: image,
    User: account(user),
  };
}

export function processStart(machine: Machine, ts: number, start: ProcessStart): WindowsRecord {
  const { image, commandLine, parent, integrity = 'Medium', user = machine.user } = start;
  const parentId = processId(machine, parent, Math.floor(ts / 3_600_000) * 3_600_000);
  return sysmon(machine, ts, 1, {
    ...actor(machine, ts, image, user),
    OriginalFileName: fileName(image),
    CommandLine: commandLine,
    CurrentDirectory: 'C:\\Windows\\system32\\',
    IntegrityLevel: integrity,
    Hashes: `SHA256=${digest(image, 64).toUpperCase()}`,
    ParentProcessGuid: guid(`${machine.name}${parent}${parentId}`),
    ParentProcessId: parentId,
    ParentImage: parent,
    ParentCommandLine: fileName(parent),
  });
}

export interface Connection {
  readonly image: string;
  readonly to: string;
  readonly port: number;
  readonly name?: string;
  readonly user?: string;
}

export function connection(
  machine: Machine,
  ts: number,
  { image, to, port, name = '-', user }: Connection,
): WindowsRecord {
  return sysmon(machine, ts, 3, {
    ...actor(machine, ts, image, user ?? machine.user),
    Protocol: 'tcp',
    Initiated: 'true',
    SourceIp: machine.address,
    SourcePort: 49_152 + (ts % 16_000),
    DestinationIp: to,
    DestinationHostname: name,
    DestinationPort: port,
  });
}

export interface Lookup {
  readonly image: string;
  readonly name: string;
  readonly answer: string;
}

export function dnsQuery(machine: Machine, ts: number, { image, name, answer }: Lookup): WindowsRecord {
  return sysmon(machine, ts, 22, {
    ...actor(machine, ts, image, machine.user),
    QueryName: name,
    QueryStatus: '0',
    QueryResults: `::ffff:${answer};`,
  });
}

export function fileCreated(machine: Machine, ts: number, image: string, file: string): WindowsRecord {
  return sysmon(machine, ts, 11, {
    ...actor(machine, ts, image, machine.user),
    TargetFilename: file,
    CreationUtcTime: utcTime(ts),
  });
}

export interface RegistryValue {
  readonly image: string;
  readonly target: string;
  readonly details: string;
}

export function registrySet(
  machine: Machine,
  ts: number,
  { image, target, details }: RegistryValue,
): WindowsRecord {
  return sysmon(machine, ts, 13, {
    EventType: 'SetValue',
    ...actor(machine, ts, image, machine.user),
    TargetObject: target,
    Details: details,
  });
}

export function security(machine: Machine, ts: number, eventId: number, data: Data): WindowsRecord {
  return { ts, machine, channel: 'Security', provider: 'Microsoft-Windows-Security-Auditing', eventId, data };
}

export function system(machine: Machine, ts: number, eventId: number, data: Data): WindowsRecord {
  return { ts, machine, channel: 'System', provider: 'Service Control Manager', eventId, data };
}

export function scriptBlock(machine: Machine, ts: number, text: string): WindowsRecord {
  return {
    ts,
    machine,
    channel: 'Microsoft-Windows-PowerShell/Operational',
    provider: 'Microsoft-Windows-PowerShell',
    eventId: 4104,
    data: {
      MessageNumber: 1,
      MessageTotal: 1,
      ScriptBlockText: text,
      ScriptBlockId: guid(text).toLowerCase(),
      Path: '',
    },
  };
}

/** The record as a line of evtx_dump's JSON. `recordId` counts per machine and channel. */
export function toLine(
  { ts, machine, channel, provider, eventId, data }: WindowsRecord,
  recordId: number,
): string {
  const attributes = (members: Data): { readonly '#attributes': Data } => ({ '#attributes': members });
  return JSON.stringify({
    Event: {
      System: {
        Provider: attributes({ Name: provider }),
        EventID: eventId,
        Level: 4,
        TimeCreated: attributes({ SystemTime: new Date(ts).toISOString() }),
        EventRecordID: recordId,
        Channel: channel,
        Computer: `${machine.name}.${DOMAIN}`,
      },
      EventData: data,
    },
  });
}
