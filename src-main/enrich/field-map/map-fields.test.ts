import { describe, expect, it } from 'vitest';
import type { Fields, LogSource } from '#shared/model/event.ts';
import type { ParsedEvent } from '../../pipeline/parsing.ts';
import { mapFields } from './map-fields.ts';

function map(fields: Fields, logsource: Partial<LogSource>, message = 'text'): Fields | null {
  const parsed: ParsedEvent = {
    eventTs: 0,
    severity: 9,
    host: 'h',
    message,
    logsource: { category: null, product: null, service: null },
    fields,
    recordId: null,
    offset: 0,
    length: 0,
    flags: [],
  };
  return mapFields(parsed, { category: null, product: null, service: null, ...logsource });
}

const SECURITY_PROCESS = { category: 'process_creation', product: 'windows', service: 'security' };

describe('mapFields', () => {
  it('adds nothing to Sysmon and nothing to other Security events', () => {
    expect(map({ EventID: 1, Image: 'x' }, { product: 'windows', service: 'sysmon' })).toBeNull();
    expect(map({ EventID: 4624 }, { product: 'windows', service: 'security' })).toBeNull();
  });

  it('puts the subcategory of an audit policy change in braces, as rules quote it', () => {
    const security = { product: 'windows', service: 'security' };
    const guid = '0CCE9217-69AE-11D9-BED3-505054503030';
    expect(map({ EventID: 4719, SubcategoryGuid: guid }, security)).toEqual({ SubcategoryGuid: `{${guid}}` });
    expect(map({ EventID: 4719, SubcategoryGuid: `{${guid}}` }, security)).toBeNull();
  });

  it('gives Security 4688 the names of Sysmon 1', () => {
    const fields = {
      EventID: 4688,
      NewProcessName: 'C:\\Windows\\System32\\cmd.exe',
      ParentProcessName: 'C:\\Windows\\explorer.exe',
      SubjectDomainName: 'EXAMPLE',
      SubjectUserName: 'analyst',
      SubjectLogonId: '0x3e7',
      TargetUserName: '-',
      TargetDomainName: '-',
      NewProcessId: '0x1a4',
      ProcessId: '0x10',
      MandatoryLabel: 'S-1-16-12288',
      CommandLine: 'cmd /c whoami',
    };
    expect(map(fields, SECURITY_PROCESS)).toEqual({
      Image: 'C:\\Windows\\System32\\cmd.exe',
      ParentImage: 'C:\\Windows\\explorer.exe',
      User: 'EXAMPLE\\analyst',
      IntegrityLevel: 'High',
      LogonId: '0x3e7',
      ParentProcessId: 16,
      ProcessId: 420,
    });
  });

  it('runs a 4688 process as the target account when there is one', () => {
    const fields = { EventID: 4688, SubjectUserName: 'a', TargetUserName: 'b', TargetDomainName: 'D' };
    expect(map(fields, SECURITY_PROCESS)).toEqual({ User: 'D\\b' });
  });

  it('strips the spaces of Defender and gives the generic antivirus names', () => {
    expect(
      map(
        { EventID: 1116, 'Threat Name': 'T', Path: 'file:_C:\\a' },
        { product: 'windows', service: 'windefend' },
      ),
    ).toEqual({ Signature: 'T', ThreatName: 'T', Filename: 'file:_C:\\a' });
  });

  it.each<[string, Fields]>([
    [
      'nested',
      { process: { executable: '/bin/sh', pid: 4, parent: { executable: '/bin/a' } }, user: { name: 'u' } },
    ],
    [
      'flat',
      {
        'process.executable': '/bin/sh',
        'process.pid': 4,
        'process.parent.executable': '/bin/a',
        'user.name': 'u',
      },
    ],
  ])('reads %s ECS', (_shape, fields) => {
    expect(map(fields, {})).toEqual({ Image: '/bin/sh', ProcessId: 4, ParentImage: '/bin/a', User: 'u' });
  });

  it('keeps the record’s own names over derived ones', () => {
    expect(map({ Image: 'own', process: { executable: 'other' } }, {})).toBeNull();
  });

  it('joins auditd arguments and decodes those in hex', () => {
    const logsource = { category: 'process_creation', product: 'linux', service: 'auditd' };
    const fields = { type: 'EXECVE', argc: 3, a0: 'sh', a1: '-c', a2: '636174202F6574632F736861646F77' };
    expect(map(fields, logsource)).toEqual({ CommandLine: 'sh -c cat /etc/shadow', Image: 'sh' });
    expect(map({ type: 'SYSCALL', exe: '/usr/bin/id', pid: 7, a0: '7ffe' }, logsource)).toEqual({
      Image: '/usr/bin/id',
      ProcessId: 7,
    });
  });

  it('renames Zeek http and dns, and leaves other logs alone', () => {
    const zeek = (service: string): Partial<LogSource> => ({ product: 'zeek', service });
    expect(map({ _path: 'http', uri: '/x', user_agent: 'curl' }, zeek('http'))).toEqual({
      'c-uri': '/x',
      'cs-uri': '/x',
      'c-useragent': 'curl',
      'cs-user-agent': 'curl',
    });
    expect(map({ _path: 'dns', query: 'q', qtype_name: 'TXT' }, zeek('dns'))).toEqual({ record_type: 'TXT' });
    expect(map({ id_orig_h: '192.0.2.1', id_resp_h: '192.0.2.2', proto: 'tcp' }, zeek('conn'))).toEqual({
      'id.orig_h': '192.0.2.1',
      'id.resp_h': '192.0.2.2',
      src_ip: '192.0.2.1',
      SourceIp: '192.0.2.1',
      dst_ip: '192.0.2.2',
      DestinationIp: '192.0.2.2',
      Protocol: 'tcp',
    });
    expect(map({ id_orig_h: '192.0.2.1' }, zeek('files'))).toEqual({ 'id.orig_h': '192.0.2.1' });
    expect(map({ _path: 'toString' }, zeek('toString'))).toBeNull();
  });

  it('reads an access log line that came as syslog', () => {
    const line =
      '192.0.2.7 - alice [10/Mar/2025:10:00:00 +0000] "GET /a.php?c=id HTTP/1.1" 200 12 "-" "curl/8 \\"x\\""';
    expect(map({ program: 'apache2' }, { category: 'webserver' }, line)).toEqual({
      'c-ip': '192.0.2.7',
      'cs-method': 'GET',
      'cs-uri': '/a.php?c=id',
      'c-uri': '/a.php?c=id',
      'cs-uri-stem': '/a.php',
      'cs-uri-query': 'c=id',
      'cs-username': 'alice',
      'cs-version': 'HTTP/1.1',
      'sc-status': 200,
      'sc-bytes': 12,
      'cs-user-agent': 'curl/8 \\"x\\"',
      'c-useragent': 'curl/8 \\"x\\"',
    });
    expect(map({ program: 'apache2' }, { category: 'webserver' }, 'server started')).toBeNull();
  });

  it('gives connections and DNS questions the names of the generic network category', () => {
    const sysmon = { EventID: 3, SourceIp: '192.0.2.1', DestinationPort: 443, Protocol: 'tcp' };
    expect(map(sysmon, { category: 'network_connection', product: 'windows', service: 'sysmon' })).toEqual({
      'source.ip': '192.0.2.1',
      'destination.port': 443,
      'network.transport': 'tcp',
    });
    expect(
      map({ _path: 'dns', query: 'q', trans_id: 4 }, { category: 'dns', product: 'zeek', service: 'dns' }),
    ).toEqual({
      'dns.question.name': 'q',
      'dns.id': 4,
    });
  });

  it('reads a line of the packet filter', () => {
    const line =
      '[1.2] IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP SPT=4 DPT=22 [SRC=198.51.100.1 DST=192.0.2.9]';
    expect(
      map({ program: 'kernel' }, { category: 'firewall', product: 'linux', service: 'iptables' }, line),
    ).toEqual({
      src_ip: '192.0.2.1',
      dst_ip: '192.0.2.2',
      src_port: 4,
      dst_port: 22,
      protocol: 'TCP',
      in_interface: 'eth0',
    });
  });

  it('calls the channel of the RPC firewall EventLog', () => {
    const logsource = { category: 'application', product: 'rpc_firewall', service: null };
    expect(map({ EventID: 3, Channel: 'RPCFW' }, logsource)).toEqual({ EventLog: 'RPCFW' });
  });

  it('builds c-uri from a W3C stem and query', () => {
    expect(map({ 'cs-uri-stem': '/a', 'cs-uri-query': 'b=1' }, { category: 'webserver' })).toEqual({
      'c-uri': '/a?b=1',
      'cs-uri': '/a?b=1',
    });
  });
});
