import {
  DOMAIN_CONTROLLER,
  FILE_SERVER,
  HOURS,
  NETBIOS,
  START_MS,
  WORKSTATIONS,
  accountSid,
  type Machine,
} from './cast.ts';
import type { Random } from './random.ts';
import {
  connection,
  dnsQuery,
  fileCreated,
  processStart,
  registrySet,
  scriptBlock,
  security,
  system,
  type ProcessStart,
  type WindowsRecord,
} from './windows-record.ts';

const EXPLORER = 'C:\\Windows\\explorer.exe';
const SVCHOST = 'C:\\Windows\\System32\\svchost.exe';
const BROWSER = 'C:\\Program Files\\Browser\\browser.exe';
const CHAT = 'C:\\Program Files\\Chat\\chat.exe';
const OFFICE = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\';
const HOUR_MS = 3_600_000;

/** What people start by day. */
const BY_HAND: readonly [ProcessStart, ...ProcessStart[]] = [
  { image: BROWSER, commandLine: `"${BROWSER}" --profile-directory=Default`, parent: EXPLORER },
  {
    image: `${OFFICE}WINWORD.EXE`,
    commandLine: `"${OFFICE}WINWORD.EXE" /n "C:\\Users\\Documents\\minutes.docx"`,
    parent: EXPLORER,
  },
  {
    image: `${OFFICE}EXCEL.EXE`,
    commandLine: `"${OFFICE}EXCEL.EXE" "C:\\Shares\\Finance\\budget.xlsx"`,
    parent: EXPLORER,
  },
  { image: `${OFFICE}OUTLOOK.EXE`, commandLine: `"${OFFICE}OUTLOOK.EXE"`, parent: EXPLORER },
  { image: CHAT, commandLine: `"${CHAT}" --minimised`, parent: EXPLORER },
  { image: 'C:\\Windows\\System32\\notepad.exe', commandLine: 'notepad.exe', parent: EXPLORER },
  { image: 'C:\\Windows\\System32\\mspaint.exe', commandLine: 'mspaint.exe', parent: EXPLORER },
  { image: 'C:\\Windows\\splwow64.exe', commandLine: 'splwow64.exe 12288', parent: `${OFFICE}WINWORD.EXE` },
  {
    image: 'C:\\Program Files\\7-Zip\\7zG.exe',
    commandLine: '"C:\\Program Files\\7-Zip\\7zG.exe" x -o"Downloads"',
    parent: EXPLORER,
  },
];

/** What Windows and its agents start at any hour. */
const BY_ITSELF: readonly [ProcessStart, ...ProcessStart[]] = [
  {
    image: SVCHOST,
    commandLine: 'svchost.exe -k netsvcs -p -s BITS',
    parent: 'C:\\Windows\\System32\\services.exe',
  },
  { image: 'C:\\Windows\\System32\\taskhostw.exe', commandLine: 'taskhostw.exe', parent: SVCHOST },
  {
    image: 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe',
    commandLine: 'wmiprvse.exe -secured -Embedding',
    parent: SVCHOST,
  },
  {
    image: 'C:\\Windows\\System32\\conhost.exe',
    commandLine: 'conhost.exe 0xffffffff -ForceV1',
    parent: 'C:\\Windows\\System32\\cmd.exe',
  },
  {
    image: 'C:\\Windows\\System32\\SearchProtocolHost.exe',
    commandLine: 'SearchProtocolHost.exe Global\\UsGthrFltPipeMssGthrPipe',
    parent: 'C:\\Windows\\System32\\SearchIndexer.exe',
  },
  {
    image: 'C:\\Windows\\System32\\rundll32.exe',
    commandLine: 'rundll32.exe Windows.Storage.ApplicationData.dll,CleanupTemporaryState',
    parent: SVCHOST,
  },
  {
    image: 'C:\\Windows\\System32\\schtasks.exe',
    commandLine: 'schtasks.exe /query /tn "\\Agent\\Inventory"',
    parent: 'C:\\Program Files\\Agent\\agent.exe',
  },
  {
    image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    commandLine: 'powershell.exe -NoProfile -File "C:\\Program Files\\Agent\\inventory.ps1"',
    parent: 'C:\\Program Files\\Agent\\agent.exe',
  },
  {
    image: 'C:\\Windows\\System32\\wevtutil.exe',
    commandLine: 'wevtutil.exe qe System /c:20 /rd:true',
    parent: 'C:\\Program Files\\Agent\\agent.exe',
  },
];

const SITES: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['www.example.test', '192.0.2.80'],
  ['intranet.example.test', '192.0.2.81'],
  ['news.example.com', '203.0.113.10'],
  ['mail.example.net', '203.0.113.25'],
  ['updates.example.org', '203.0.113.40'],
  ['weather.example.org', '203.0.113.55'],
  ['chat.example.com', '203.0.113.70'],
];

const DOCUMENTS: readonly [string, ...string[]] = [
  'minutes.docx',
  'offer.docx',
  'budget.xlsx',
  'photo.jpg',
  'notes.txt',
  'readme.txt',
];

const SCRIPTS: readonly [string, ...string[]] = [
  'Get-CimInstance Win32_OperatingSystem | Select-Object Caption, Version',
  'Get-ChildItem "C:\\Program Files" | Measure-Object',
  'Invoke-RestMethod https://updates.example.org/agent/version.json',
  'Get-MpComputerStatus | Select-Object AntivirusSignatureLastUpdated',
];

/** What one workstation does by day, in one event. */
function daily(machine: Machine, ts: number, random: Random): WindowsRecord {
  const [name, address] = random.pick(SITES);
  const home = `C:\\Users\\${machine.user}`;
  switch (random.between(0, 7)) {
    case 0:
    case 1:
      return processStart(machine, ts, random.pick(BY_HAND));
    case 2:
    case 3:
      return connection(machine, ts, { image: random.pick([BROWSER, CHAT]), to: address, port: 443, name });
    case 4:
      return dnsQuery(machine, ts, { image: BROWSER, name, answer: address });
    case 5:
      return fileCreated(machine, ts, EXPLORER, `${home}\\Documents\\${random.pick(DOCUMENTS)}`);
    case 6:
      return registrySet(machine, ts, {
        image: EXPLORER,
        target: `HKU\\${accountSid(machine.user)}\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\RecentDocs\\MRUListEx`,
        details: 'Binary Data',
      });
    default:
      return logon(DOMAIN_CONTROLLER, ts, machine, 3);
  }
}

/** A successful logon at `server` from `from`. */
export function logon(server: Machine, ts: number, from: Machine, type: number): WindowsRecord {
  return security(server, ts, 4624, {
    SubjectUserName: '-',
    SubjectDomainName: '-',
    TargetUserSid: accountSid(from.user),
    TargetUserName: from.user,
    TargetDomainName: NETBIOS,
    LogonType: type,
    LogonProcessName: 'Kerberos',
    AuthenticationPackageName: 'Kerberos',
    WorkstationName: from.name,
    IpAddress: from.address,
    IpPort: String(49_152 + (ts % 16_000)),
  });
}

function unattended(machine: Machine, ts: number, random: Random): WindowsRecord {
  switch (random.between(0, 5)) {
    case 0:
      return system(machine, ts, 7036, {
        param1: random.pick(['Windows Update', 'BITS', 'Windows Search']),
        param2: 'running',
      });
    case 1:
      return scriptBlock(machine, ts, random.pick(SCRIPTS));
    case 2:
      return connection(machine, ts, {
        image: SVCHOST,
        to: '203.0.113.40',
        port: 443,
        name: 'updates.example.org',
        user: 'SYSTEM',
      });
    default:
      return processStart(machine, ts, { ...random.pick(BY_ITSELF), user: 'SYSTEM', integrity: 'System' });
  }
}

function serviceTicket(ts: number, random: Random): WindowsRecord {
  const machine = random.pick(WORKSTATIONS);
  return security(DOMAIN_CONTROLLER, ts, 4769, {
    TargetUserName: `${machine.user}@EXAMPLE.TEST`,
    TargetDomainName: 'EXAMPLE.TEST',
    ServiceName: random.pick(['FS-01$', 'DC-01$', 'svc-sql']),
    TicketOptions: '0x40810000',
    TicketEncryptionType: '0x12',
    IpAddress: `::ffff:${machine.address}`,
    Status: '0x0',
  });
}

/** Hours of work, UTC. */
function isBusy(hourOfDay: number): boolean {
  return hourOfDay >= 7 && hourOfDay < 17;
}

/** A day and a half on three workstations, a file server and a domain controller, with nothing wrong. */
export function windowsBackground(random: Random): readonly WindowsRecord[] {
  const records: WindowsRecord[] = [];
  for (let hour = 0; hour < HOURS; hour += 1) {
    const startMs = START_MS + hour * HOUR_MS;
    const moment = (): number => startMs + random.between(0, HOUR_MS - 1);
    const busy = isBusy(new Date(startMs).getUTCHours());
    for (const machine of WORKSTATIONS) {
      for (let count = busy ? 22 : 0; count > 0; count -= 1) records.push(daily(machine, moment(), random));
      for (let count = 5; count > 0; count -= 1) records.push(unattended(machine, moment(), random));
    }
    for (const server of [FILE_SERVER, DOMAIN_CONTROLLER]) {
      for (let count = 6; count > 0; count -= 1) records.push(unattended(server, moment(), random));
    }
    for (let count = busy ? 10 : 3; count > 0; count -= 1) records.push(serviceTicket(moment(), random));
  }
  return [...records, ...maintenance()];
}

/** Two things that administrators did, which rules notice and an analyst closes. */
function maintenance(): readonly WindowsRecord[] {
  const planned = START_MS + 2.5 * HOUR_MS;
  return [
    security(DOMAIN_CONTROLLER, planned, 4720, {
      TargetUserName: 'clerk-08',
      TargetDomainName: NETBIOS,
      TargetSid: accountSid('clerk-08'),
      SubjectUserName: 'admin-ops',
      SubjectDomainName: NETBIOS,
    }),
    processStart(FILE_SERVER, planned + HOUR_MS, {
      image: 'C:\\Windows\\System32\\net.exe',
      commandLine: 'net group "Domain Admins" /domain',
      parent: 'C:\\Windows\\System32\\cmd.exe',
      user: 'admin-ops',
      integrity: 'High',
    }),
  ];
}
