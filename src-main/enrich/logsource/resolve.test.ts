import { describe, expect, it } from 'vitest';
import type { Fields, LogSource } from '#shared/model/event.ts';
import type { ParsedEvent } from '../../pipeline/parsing.ts';
import { resolveLogSource } from './resolve.ts';

const NOT_STATED: LogSource = { category: null, product: null, service: null };

function resolve(fields: Fields, message = 'text', stated = NOT_STATED): string {
  const parsed: ParsedEvent = {
    eventTs: 0,
    severity: 9,
    host: 'h',
    message,
    logsource: stated,
    fields,
    recordId: null,
    offset: 0,
    length: 0,
    flags: [],
  };
  const { category, product, service } = resolveLogSource(parsed);
  return [category, product, service].map((part) => part ?? '*').join(' ');
}

const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
const POWERSHELL = 'Microsoft-Windows-PowerShell/Operational';

describe('Windows logsources', () => {
  it.each<[channel: string, eventId: number, expected: string]>([
    [SYSMON, 1, 'process_creation windows sysmon'],
    [SYSMON, 3, 'network_connection windows sysmon'],
    [SYSMON, 13, 'registry_set windows sysmon'],
    [SYSMON, 14, 'registry_rename windows sysmon'],
    [SYSMON, 16, 'sysmon_status windows sysmon'],
    [SYSMON, 18, 'pipe_created windows sysmon'],
    [SYSMON, 29, 'file_executable_detected windows sysmon'],
    [SYSMON, 255, 'sysmon_error windows sysmon'],
    [SYSMON, 99, '* windows sysmon'],
    ['Security', 4688, 'process_creation windows security'],
    ['Security', 4624, '* windows security'],
    ['Security', 4657, '* windows security'],
    ['Security', 1, '* windows security'],
    ['security', 4688, 'process_creation windows security'],
    [POWERSHELL, 4104, 'ps_script windows powershell'],
    ['PowerShellCore/Operational', 4103, 'ps_module windows powershell'],
    ['Windows PowerShell', 400, 'ps_classic_start windows powershell-classic'],
    ['Windows PowerShell', 600, 'ps_classic_provider_start windows powershell-classic'],
    ['Windows PowerShell', 800, 'ps_classic_script windows powershell-classic'],
    ['Microsoft-Windows-Windows Defender/Operational', 1116, 'antivirus windows windefend'],
    ['Microsoft-Windows-Windows Defender/Operational', 5001, '* windows windefend'],
    ['Microsoft-Windows-AppLocker/EXE and DLL', 8004, '* windows applocker'],
    ['Microsoft-Windows-Nobody-Knows/Operational', 1, '* windows nobody-knows'],
  ])('%s %i is %s', (channel, eventId, expected) => {
    expect(resolve({ Channel: channel, EventID: eventId })).toBe(expected);
    expect(resolve({ Channel: channel, EventID: String(eventId) })).toBe(expected);
  });

  it.each([
    ['CreateKey', 'registry_add windows sysmon'],
    ['DeleteKey', 'registry_delete windows sysmon'],
    ['DeleteValue', 'registry_delete windows sysmon'],
    ['somethingElse', 'registry_event windows sysmon'],
  ])('Sysmon 12 %s is %s', (type, expected) => {
    expect(resolve({ Channel: SYSMON, EventID: 12, EventType: type })).toBe(expected);
  });

  it('falls back to the provider when the channel is missing', () => {
    expect(resolve({ Provider_Name: 'Microsoft-Windows-Sysmon', EventID: 1 })).toBe(
      'process_creation windows sysmon',
    );
    expect(resolve({ Provider_Name: 'Microsoft-Windows-Kernel-File', EventID: 27 })).toBe(
      'file_rename windows *',
    );
  });

  it('keeps Sysmon for Linux apart', () => {
    expect(resolve({ Channel: 'Linux-Sysmon/Operational', EventID: 1 })).toBe(
      'process_creation linux sysmon',
    );
  });

  it('builds no object per event', () => {
    const parsed = { logsource: NOT_STATED, fields: { Channel: SYSMON, EventID: 1 }, message: '' };
    // Only the members that resolution reads.
    const first = resolveLogSource(parsed as unknown as ParsedEvent);
    expect(resolveLogSource(parsed as unknown as ParsedEvent)).toBe(first);
  });
});

describe('other logsources', () => {
  it.each<[name: string, fields: Fields, message: string, expected: string]>([
    ['sshd', { program: 'sshd', facility: 'auth' }, 'Accepted', '* linux sshd'],
    ['sudo', { program: 'sudo', facility: 10 }, 'x', '* linux sudo'],
    ['cron in capitals', { program: 'CRON' }, 'x', '* linux cron'],
    ['a program with its path', { program: '/usr/sbin/cron' }, 'x', '* linux cron'],
    ['pam of an unknown program', { program: 'thing', facility: 10 }, 'x', '* linux auth'],
    ['any other daemon', { program: 'thing', facility: 'daemon' }, 'x', '* linux syslog'],
    ['a web server', { program: 'nginx' }, 'x', 'webserver linux nginx'],
    ['a router', { facility: 'local7' }, '%AAA-5-LOGIN: x', '* cisco aaa'],
    ['an appliance in CEF', { facility: 'local7' }, 'CEF:0|x', '* * *'],
    ['Zeek', { _path: 'dns', query: 'x' }, 'x', 'dns zeek dns'],
    ['auditd EXECVE', { type: 'EXECVE', a0: 'id' }, 'x', 'process_creation linux auditd'],
    ['auditd in syslog', { program: 'audispd', type: 'EXECVE' }, 'x', 'process_creation linux auditd'],
    ['auditd SYSCALL execve', { type: 'SYSCALL', syscall: 59 }, 'x', 'process_creation linux auditd'],
    ['auditd SYSCALL open', { type: 'SYSCALL', syscall: 2 }, 'x', '* linux auditd'],
    ['a record with a type of its own', { type: 'order', id: 4 }, 'x', '* * *'],
    ['CloudTrail', { eventSource: 'a', eventName: 'b', awsRegion: 'c' }, 'x', '* aws cloudtrail'],
    ['Kubernetes', { apiVersion: 'audit.k8s.io/v1', verb: 'get' }, 'x', 'application kubernetes audit'],
    ['W3C', { 'cs-uri-stem': '/', 'cs-method': 'GET' }, 'x', 'webserver * *'],
    ['ECS dataset', { event: { dataset: 'nginx.access' } }, 'x', 'webserver * nginx'],
    ['flat ECS Zeek', { 'event.dataset': 'zeek.http' }, 'x', 'proxy zeek http'],
    [
      'ECS process start',
      { event: { category: ['process'], type: ['start'] }, host: { os: { type: 'linux' } } },
      'x',
      'process_creation linux *',
    ],
    [
      'ECS file creation',
      { 'event.category': ['file'], 'event.type': 'creation', 'host.os.type': 'macos' },
      'x',
      'file_event macos *',
    ],
    [
      'ECS network with a DNS question',
      {
        event: { category: 'network', type: ['start'] },
        dns: { question: { name: 'q' } },
        host: { os: { type: 'windows' } },
      },
      'x',
      'dns_query windows *',
    ],
    [
      'ECS network',
      { event: { category: 'network', type: ['start'] }, host: { os: { type: 'windows' } } },
      'x',
      'network_connection windows *',
    ],
    ['ECS without its system', { event: { category: 'file', type: 'creation' } }, 'x', '* * *'],
    ['Log Analytics sign-in', { Type: 'SigninLogs', ResultType: '50126' }, 'x', '* azure signinlogs'],
    ['a Java program', { program: 'tomcat' }, 'java.lang.Error', 'application jvm *'],
    ['a database', { program: 'postgres' }, 'x', 'database * postgres'],
    [
      'the packet filter',
      { program: 'kernel', facility: 'kern' },
      '[1.2] IN=eth0 OUT= MAC=00 SRC=192.0.2.1 DST=192.0.2.2 LEN=60 PROTO=TCP SPT=4 DPT=22',
      'firewall linux iptables',
    ],
    ['RPC firewall', { Channel: 'RPCFW', EventID: 3 }, 'x', 'application rpc_firewall *'],
    ['Huawei', { facility: 'local7' }, '%%01BGP/3/STATE: x', '* huawei bgp'],
    ['nothing known', { a: 1 }, 'x', '* * *'],
  ])('%s', (_name, fields, message, expected) => {
    expect(resolve(fields, message)).toBe(expected);
  });

  it('never says less than the format stated, and completes it', () => {
    expect(resolve({ program: 'sshd' }, 'x', { category: null, product: 'linux', service: null })).toBe(
      '* linux sshd',
    );
    expect(resolve({ program: 'x' }, 'x', { category: null, product: 'juniper', service: 'bgp' })).toBe(
      '* juniper bgp',
    );
    const syslog = { category: null, product: 'linux', service: 'syslog' };
    expect(resolve({ program: 'nginx' }, 'x', syslog)).toBe('webserver linux nginx');
    expect(resolve({ program: 'tomcat' }, 'x', syslog)).toBe('application jvm *');
    expect(resolve({ facility: 'local7' }, '%AAA-5-LOGIN: x', syslog)).toBe('* cisco aaa');
    expect(resolve({ program: 'thing' }, 'x', syslog)).toBe('* linux syslog');
    expect(resolve({}, 'x', syslog)).toBe('* linux syslog');
    expect(resolve({}, 'x', { category: null, product: 'zeek', service: 'conn' })).toBe(
      'network_connection zeek conn',
    );
    expect(resolve({}, 'x', { category: 'webserver', product: null, service: null })).toBe('webserver * *');
  });
});
