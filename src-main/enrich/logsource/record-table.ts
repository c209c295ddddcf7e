/**
 * Logsources of everything that is not a Windows event log: syslog by program and facility, JSON by the members
 * that give a product away. Sigma names throughout.
 */
import type { LogSource } from '#shared/model/event.ts';

function source(product: string | null, service: string | null, category: string | null = null): LogSource {
  return Object.freeze({ category, product, service });
}

const AUTH = source('linux', 'auth');

/** Program of a syslog message (lower case, without pid and path) to logsource. */
export const SYSLOG_PROGRAMS: ReadonlyMap<string, LogSource> = new Map([
  ['sshd', source('linux', 'sshd')],
  ['sshd-session', source('linux', 'sshd')],
  ['sudo', source('linux', 'sudo')],
  ['cron', source('linux', 'cron')],
  ['crond', source('linux', 'cron')],
  ['crontab', source('linux', 'cron')],
  ['anacron', source('linux', 'cron')],
  ['auditd', source('linux', 'auditd')],
  ['audit', source('linux', 'auditd')],
  ['audisp-syslog', source('linux', 'auditd')],
  ['audispd', source('linux', 'auditd')],
  ['clamd', source('linux', 'clamav')],
  ['clamscan', source('linux', 'clamav')],
  ['freshclam', source('linux', 'clamav')],
  ['vsftpd', source('linux', 'vsftpd')],
  ['guacd', source('linux', 'guacamole')],
  ['sysmon', source('linux', 'sysmon')],
  ...['su', 'login', 'passwd', 'chpasswd', 'useradd', 'userdel', 'usermod', 'groupadd'].map(authProgram),
  ...['groupdel', 'gpasswd', 'chage', 'systemd-logind', 'polkitd', 'pkexec', 'gdm-password'].map(authProgram),
  ['apache', source('linux', 'apache', 'webserver')],
  ['apache2', source('linux', 'apache', 'webserver')],
  ['httpd', source('linux', 'apache', 'webserver')],
  ['nginx', source('linux', 'nginx', 'webserver')],
  ['modsecurity', source('modsecurity', null, 'application')],
  ['named', source('linux', 'bind', 'dns')],
  ['unbound', source('linux', 'unbound', 'dns')],
  ['dnsmasq', source('linux', 'dnsmasq', 'dns')],
  ['squid', source('linux', 'squid', 'proxy')],
]);

function authProgram(program: string): readonly [string, LogSource] {
  return [program, AUTH];
}

/** What auth.log holds on a stock syslog daemon: facility auth (4) and authpriv (10). */
export const SYSLOG_FACILITIES: ReadonlyMap<string, LogSource> = new Map([
  ['auth', AUTH],
  ['authpriv', AUTH],
  ['security', AUTH],
  ['4', AUTH],
  ['10', AUTH],
  ['cron', source('linux', 'cron')],
  ['9', source('linux', 'cron')],
]);

/** Any other syslog message of a host that does not look like an appliance. */
export const SYSLOG_DEFAULT = source('linux', 'syslog');

/** Appliances that speak syslog, by how their text begins or what it must contain. First hit wins. */
export const SYSLOG_APPLIANCES: readonly { readonly pattern: RegExp; readonly logsource: LogSource }[] = [
  { pattern: /^%(?:AAA|PARSER|SYS|SEC_LOGIN)-/, logsource: source('cisco', 'aaa') },
  { pattern: /^%BGP-/, logsource: source('cisco', 'bgp') },
  { pattern: /^%LDP-/, logsource: source('cisco', 'ldp') },
  { pattern: /^%[A-Z0-9_]+-\d-/, logsource: source('cisco', 'syslog') },
  { pattern: /\bdevid="?F[GW]/, logsource: source('fortigate', 'event') },
  { pattern: /^(?:CEF|LEEF):/, logsource: source(null, null) },
];

/** One shape of JSON record: all members must be present, and those with a value must equal it. */
export interface RecordShape {
  readonly members: readonly (readonly [name: string, value?: string])[];
  readonly logsource: LogSource;
}

/** Cloud and application logs as their vendors write them. First hit wins; the rarest member comes first. */
export const RECORD_SHAPES: readonly RecordShape[] = [
  { members: [['eventSource'], ['eventName'], ['awsRegion']], logsource: source('aws', 'cloudtrail') },
  {
    members: [['apiVersion', 'audit.k8s.io/v1'], ['verb']],
    logsource: source('kubernetes', 'audit', 'application'),
  },
  { members: [['category', 'SignInLogs']], logsource: source('azure', 'signinlogs') },
  { members: [['category', 'AuditLogs']], logsource: source('azure', 'auditlogs') },
  {
    members: [['category', 'Administrative'], ['operationName']],
    logsource: source('azure', 'activitylogs'),
  },
  { members: [['riskEventType']], logsource: source('azure', 'riskdetection') },
  { members: [['protoPayload'], ['logName']], logsource: source('gcp', 'gcp.audit') },
  { members: [['legacyEventType'], ['eventType'], ['actor']], logsource: source('okta', 'okta') },
  { members: [['Workload'], ['RecordType'], ['Operation']], logsource: source('m365', 'audit') },
  { members: [['action'], ['actor'], ['org']], logsource: source('github', 'audit') },
  { members: [['auditCategory'], ['action']], logsource: source('bitbucket', 'audit') },
  { members: [['logtype'], ['node_id'], ['dst_host']], logsource: source('opencanary', null, 'application') },
];

/** Zeek log name (`_path`, or the last part of an ECS dataset) to a category beside product and service. */
const ZEEK_CATEGORIES: Readonly<Record<string, string>> = {
  conn: 'network_connection',
  dns: 'dns',
  http: 'proxy',
};

const zeekSources = new Map<string, LogSource>();
/** Zeek log names come from input: more distinct ones than Zeek has (about 70) are not remembered. */
const ZEEK_MEMORY = 256;

/** Logsource of a Zeek log by the name of its stream ("conn", "dns"). */
export function zeekLogSource(path: string): LogSource {
  const known = zeekSources.get(path);
  if (known !== undefined) return known;
  const made = source('zeek', path, ZEEK_CATEGORIES[path] ?? null);
  if (zeekSources.size < ZEEK_MEMORY) zeekSources.set(path, made);
  return made;
}

/** ECS `event.dataset` / `data_stream.dataset` to logsource. */
export const DATASETS: ReadonlyMap<string, LogSource> = new Map([
  ['apache.access', source(null, 'apache', 'webserver')],
  ['nginx.access', source(null, 'nginx', 'webserver')],
  ['iis.access', source('windows', 'iis', 'webserver')],
  ['traefik.access', source(null, 'traefik', 'webserver')],
  ['squid.log', source(null, 'squid', 'proxy')],
  ['aws.cloudtrail', source('aws', 'cloudtrail')],
  ['azure.signinlogs', source('azure', 'signinlogs')],
  ['azure.auditlogs', source('azure', 'auditlogs')],
  ['azure.activitylogs', source('azure', 'activitylogs')],
  ['gcp.audit', source('gcp', 'gcp.audit')],
  ['okta.system', source('okta', 'okta')],
  ['o365.audit', source('m365', 'audit')],
  ['github.audit', source('github', 'audit')],
  ['kubernetes.audit_logs', source('kubernetes', 'audit', 'application')],
  ['system.auth', AUTH],
  ['system.syslog', SYSLOG_DEFAULT],
  ['auditd.log', source('linux', 'auditd')],
]);

/** auditd records that start a process: EXECVE has the arguments, SYSCALL execve(at) the executable. */
export const AUDITD = source('linux', 'auditd');
export const AUDITD_EXEC = source('linux', 'auditd', 'process_creation');
export const AUDIT_EXEC_SYSCALLS: ReadonlySet<string> = new Set([
  '59',
  '322',
  '11',
  '221',
  'execve',
  'execveat',
]);

/** ECS `event.category` with `event.type` start, by operating system. */
export const ECS_PROCESS: ReadonlyMap<string, LogSource> = new Map([
  ['windows', source('windows', null, 'process_creation')],
  ['linux', source('linux', null, 'process_creation')],
  ['macos', source('macos', null, 'process_creation')],
]);

/** Access logs of a web server with W3C names. */
export const WEBSERVER = source(null, null, 'webserver');
export const PROXY = source(null, null, 'proxy');
export const NO_SOURCE = source(null, null);
