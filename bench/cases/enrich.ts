import type { FieldValue } from '#shared/model/event.ts';
import { createEnricher } from '#main/enrich/enrich.ts';
import type { Origin } from '#main/pipeline/enriching.ts';
import type { ParsedEvent } from '#main/pipeline/parsing.ts';
import { report, rounded } from '../kit.ts';

const EVENTS = 200_000;
const HOST = 'WS-014.example.test';
const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
const SYSTEM32 = 'C:\\Windows\\System32\\';

type Shape = (index: number) => Record<string, FieldValue>;

const sysmon = (eventId: number, index: number): Record<string, FieldValue> => ({
  Provider_Name: 'Microsoft-Windows-Sysmon',
  EventID: eventId,
  Version: 5,
  Level: 4,
  Task: eventId,
  Channel: SYSMON,
  Computer: HOST,
  RuleName: '-',
  UtcTime: '2025-03-10 10:00:00.000',
  ProcessGuid: '{f1c2d4e5-1111-2222-3333-000000000001}',
  ProcessId: 1000 + (index % 3000),
  Image: `${SYSTEM32}${['svchost', 'cmd', 'powershell', 'lsass'][index % 4] ?? ''}.exe`,
  User: 'EXAMPLE\\analyst',
});

/** One shape per kind of event, in roughly the mix of a workstation with Sysmon. */
const SHAPES: Readonly<Record<string, Shape>> = {
  'sysmon process': (index) => ({
    ...sysmon(1, index),
    CommandLine: `cmd.exe /c echo ${index}`,
    ParentImage: `${SYSTEM32}svchost.exe`,
    ParentProcessId: 800 + (index % 50),
    ParentUser: 'NT AUTHORITY\\SYSTEM',
    Hashes: `SHA256=${(index % 500).toString(16).padStart(64, 'a')}`,
  }),
  'sysmon network': (index) => ({
    ...sysmon(3, index),
    SourceIp: '192.0.2.14',
    DestinationIp: `198.51.100.${index % 250}`,
    DestinationHostname: 'files.example.net',
    DestinationPort: 443,
  }),
  'sysmon registry': (index) => ({ ...sysmon(13, index), TargetObject: `HKLM\\a\\${index}`, Details: 'x' }),
  'security logon': (index) => ({
    Provider_Name: 'Microsoft-Windows-Security-Auditing',
    EventID: 4624,
    Channel: 'Security',
    Computer: HOST,
    SubjectUserName: 'WS-014$',
    SubjectDomainName: 'EXAMPLE',
    TargetUserName: `user${index % 200}`,
    TargetDomainName: 'EXAMPLE',
    LogonType: 3,
    IpAddress: `192.0.2.${index % 250}`,
    WorkstationName: 'WS-014',
  }),
  'security process': (index) => ({
    Provider_Name: 'Microsoft-Windows-Security-Auditing',
    EventID: 4688,
    Channel: 'Security',
    Computer: HOST,
    SubjectUserName: 'analyst',
    SubjectDomainName: 'EXAMPLE',
    NewProcessId: `0x${(index % 3000).toString(16)}`,
    NewProcessName: `${SYSTEM32}cmd.exe`,
    ParentProcessName: 'C:\\Windows\\explorer.exe',
    ProcessId: '0x10',
    CommandLine: 'cmd.exe',
  }),
  sshd: (index) => ({ program: 'sshd', facility: 'auth', pid: 2000 + (index % 3000) }),
};

function parsedEvents(shape: Shape): readonly ParsedEvent[] {
  return Array.from({ length: EVENTS }, (_, index) => ({
    eventTs: Date.UTC(2025, 2, 10) + index,
    severity: 9,
    host: HOST,
    message: `Failed password for invalid user u${index % 500} from 198.51.100.${index % 250} port 4022 ssh2`,
    logsource: { category: null, product: null, service: null },
    // Formats make records without a prototype, which are slower to read than literals.
    fields: Object.assign(Object.create(null) as Record<string, FieldValue>, shape(index)),
    recordId: index,
    offset: 0,
    length: 0,
    flags: [],
  }));
}

/** Microseconds that one event costs to enrich, by kind, and the mean over the kinds. Aim: under 6. */
export async function run(): Promise<void> {
  const origin: Origin = {
    id: '01JP0000000000000000000000',
    observedTs: Date.UTC(2025, 2, 11),
    source: 'evtx',
    sourceId: 'bench',
    raw: null,
    evidence: null,
    peer: null,
  };
  const enrich = createEnricher();
  const costs: number[] = [];
  for (const [name, shape] of Object.entries(SHAPES)) {
    const events = parsedEvents(shape);
    let entities = 0;
    const startedMs = performance.now();
    for (const event of events) entities += enrich(event, origin).entities.length;
    const usPerEvent = ((performance.now() - startedMs) * 1000) / EVENTS;
    costs.push(usPerEvent);
    report('enrich', name, {
      us_per_event: rounded(usPerEvent),
      events_per_s: Math.round(1e6 / usPerEvent),
      entities_per_event: rounded(entities / EVENTS),
    });
    await Promise.resolve();
  }
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  report('enrich', 'mean', { us_per_event: rounded(mean), events_per_s: Math.round(1e6 / mean) });
}
