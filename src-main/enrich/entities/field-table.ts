/**
 * Which fields name which kind of thing. `address` may also hold a host name; `peer` is the other end of a
 * connection, a host when it is of our own domain and a domain otherwise; `hashes` is Sysmon's list; `answers`
 * is a list of DNS answers.
 */
export type FieldKind =
  'address' | 'user' | 'host' | 'peer' | 'domain' | 'file' | 'hash' | 'hashes' | 'answers' | 'url';

const NAMES: Readonly<Record<FieldKind, readonly string[]>> = {
  address: [
    // Windows Security, Sysmon, RDP and SMB channels
    ...[
      'SourceIp',
      'DestinationIp',
      'IpAddress',
      'SourceAddress',
      'DestAddress',
      'ClientAddress',
      'ClientIP',
    ],
    ...['Address', 'RemoteAddress', 'ServerAddress', 'DnsServerIpAddress'],
    // web, proxy, firewall, Zeek, cloud
    ...[
      'c-ip',
      's-ip',
      'src_ip',
      'dst_ip',
      'srcip',
      'dstip',
      'client_ip',
      'remote_addr',
      'id.orig_h',
      'id.resp_h',
    ],
    ...[
      'sourceIPAddress',
      'callerIpAddress',
      'ClientIPAddress',
      'source.ip',
      'destination.ip',
      'client.ip',
      'addr',
    ],
  ],
  user: [
    ...[
      'User',
      'ParentUser',
      'SourceUser',
      'TargetUser',
      'TargetUserName',
      'SubjectUserName',
      'SamAccountName',
    ],
    ...['UserName', 'AccountName', 'ClientUserName', 'MemberName', 'OldTargetUserName', 'NewTargetUserName'],
    ...['user', 'username', 'acct', 'cs-username', 'user.name', 'userPrincipalName', 'UserId'],
  ],
  host: [
    ...['Computer', 'Hostname', 'HostName', 'ComputerName', 'WorkstationName', 'Workstation', 'host.name'],
    ...['TargetServerName', 'TargetInfo', 's-computername', 'SourceHostname'],
  ],
  peer: ['DestinationHostname', 'cs-host', 'r-dns', 'server_name'],
  domain: ['QueryName', 'query', 'dns.question.name'],
  file: [
    ...['Image', 'ParentImage', 'TargetFilename', 'ImageLoaded', 'SourceImage', 'TargetImage', 'ObjectName'],
    ...['Path', 'Filename', 'FileName', 'file.path', 'exe', 'LocalName'],
  ],
  hash: ['md5', 'sha1', 'sha256', 'Hash', 'MD5', 'SHA1', 'SHA256'],
  hashes: ['Hashes'],
  answers: ['QueryResults', 'answers'],
  url: ['c-uri', 'RemoteName', 'url', 'url.full'],
};

/** Field name to kind. */
export const FIELD_KINDS: ReadonlyMap<string, FieldKind> = new Map(
  // Object.entries forgets that the keys are the kinds.
  (Object.entries(NAMES) as [FieldKind, readonly string[]][]).flatMap(([kind, names]) =>
    names.map((name) => [name, kind] as const),
  ),
);

/** The same for Windows records, whose data members begin with a capital. */
export const WINDOWS_FIELD_KINDS: readonly (readonly [name: string, kind: FieldKind])[] = [
  ...FIELD_KINDS.entries(),
].filter(([name]) => /^[A-Z]/.test(name));

/**
 * Field name to its position in `WINDOWS_FIELD_KINDS`. A record with a prototype is walked through by its names and
 * these looked up, which costs a third of asking it for each name of the table. One without is a hash table to V8:
 * quick to ask, slow to walk through.
 */
export const WINDOWS_FIELD_POSITIONS: ReadonlyMap<string, number> = new Map(
  WINDOWS_FIELD_KINDS.map(([name], position) => [name, position]),
);

/** Pairs of fields that together name a process on the event's host. */
export const PROCESS_FIELDS: readonly (readonly [image: string, pid: string])[] = [
  ['Image', 'ProcessId'],
  ['ParentImage', 'ParentProcessId'],
  ['SourceImage', 'SourceProcessId'],
  ['TargetImage', 'TargetProcessId'],
  ['ProcessName', 'ProcessId'],
  ['program', 'pid'],
];

/** Members of members, by product: records that nest what they are about. */
export const NESTED_FIELDS: Readonly<Record<string, readonly (readonly [path: string, kind: FieldKind])[]>> =
  {
    aws: [
      ['userIdentity.userName', 'user'],
      ['userIdentity.sessionContext.sessionIssuer.userName', 'user'],
    ],
    azure: [['properties.initiatedBy.user.userPrincipalName', 'user']],
    kubernetes: [['user.username', 'user']],
    okta: [
      ['actor.alternateId', 'user'],
      ['client.ipAddress', 'address'],
    ],
    gcp: [
      ['protoPayload.authenticationInfo.principalEmail', 'user'],
      ['protoPayload.requestMetadata.callerIp', 'address'],
    ],
  };
