/**
 * Logsources of everything that is not a Windows event log: syslog by program and facility, JSON by the members
 * that give a product away. Sigma names throughout.
 */
import type { LogSource } from '#shared/model/event.ts';
import { PACKET_FILTER_LINE } from '../kit/packet-filter-line.ts';

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
  ...['java', 'tomcat', 'tomcat9', 'tomcat10', 'catalina', 'jetty'].map((name) => application(name, 'jvm')),
  ...['python', 'python3', 'gunicorn', 'uwsgi'].map((name) => application(name, 'python')),
  ...['rails', 'puma', 'unicorn'].map((name) => application(name, 'ruby_on_rails')),
  application('django', 'django'),
  application('node', 'nodejs'),
  ...['postgres', 'postgresql', 'mysqld', 'mariadbd', 'mysql', 'mongod'].map(databaseProgram),
  ['sslvpnd', source('fortios', 'sslvpnd')],
  ['rpd', source('juniper', 'bgp')],
]);

/** Applications are told by their runtime; the rules for them search the text. */
function application(program: string, product: string): readonly [string, LogSource] {
  return [program, source(product, null, 'application')];
}

function databaseProgram(program: string): readonly [string, LogSource] {
  return [program, source(null, program, 'database')];
}

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
  { pattern: /^%%\d{2}(?:BGP|bgp)\//, logsource: source('huawei', 'bgp') },
  { pattern: PACKET_FILTER_LINE, logsource: source('linux', 'iptables', 'firewall') },
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
  { members: [['Type', 'SigninLogs']], logsource: source('azure', 'signinlogs') },
  { members: [['Type', 'AADNonInteractiveUserSignInLogs']], logsource: source('azure', 'signinlogs') },
  { members: [['Type', 'AuditLogs'], ['OperationName']], logsource: source('azure', 'auditlogs') },
  { members: [['Type', 'AzureActivity']], logsource: source('azure', 'activitylogs') },
  { members: [['Type', 'AADUserRiskEvents']], logsource: source('azure', 'riskdetection') },
  { members: [['riskEventType']], logsource: source('azure', 'riskdetection') },
  { members: [['protoPayload'], ['logName']], logsource: source('gcp', 'gcp.audit') },
  { members: [['legacyEventType'], ['eventType'], ['actor']], logsource: source('okta', 'okta') },
  {
    members: [['eventSource', 'SecurityComplianceCenter'], ['eventName']],
    logsource: source('m365', 'threat_management'),
  },
  { members: [['Workload'], ['RecordType'], ['Operation']], logsource: source('m365', 'audit') },
  { members: [['action'], ['actor'], ['org']], logsource: source('github', 'audit') },
  { members: [['auditCategory'], ['action']], logsource: source('bitbucket', 'audit') },
  { members: [['event_type_id'], ['account_id']], logsource: source('onelogin', 'onelogin.events') },
  { members: [['event_type'], ['auth_device'], ['txid']], logsource: source('cisco', 'duo') },
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

/** What an ECS record has to be of: `event.category`, and `event.type` where one category has several meanings. */
interface EcsKind {
  readonly eventCategory: string;
  readonly eventType: string | null;
  readonly category: string;
}

/** Endpoint events of the Elastic Common Schema ("event.category", "event.type") to categories. First hit wins. */
export const ECS_KINDS: readonly EcsKind[] = [
  { eventCategory: 'process', eventType: 'start', category: 'process_creation' },
  { eventCategory: 'process', eventType: 'end', category: 'process_termination' },
  { eventCategory: 'file', eventType: 'creation', category: 'file_event' },
  { eventCategory: 'file', eventType: 'deletion', category: 'file_delete' },
  { eventCategory: 'file', eventType: 'access', category: 'file_access' },
  { eventCategory: 'file', eventType: 'change', category: 'file_change' },
  { eventCategory: 'registry', eventType: 'deletion', category: 'registry_delete' },
  { eventCategory: 'registry', eventType: 'creation', category: 'registry_add' },
  { eventCategory: 'registry', eventType: 'change', category: 'registry_set' },
  { eventCategory: 'library', eventType: null, category: 'image_load' },
  { eventCategory: 'driver', eventType: null, category: 'driver_load' },
  { eventCategory: 'network', eventType: null, category: 'network_connection' },
];

const ENDPOINTS = ['windows', 'linux', 'macos'];

/** Logsource of each category on each operating system that endpoint agents run on. */
export const ECS_SOURCES: ReadonlyMap<string, ReadonlyMap<string, LogSource>> = new Map(
  ENDPOINTS.map((os) => [
    os,
    new Map(
      [...ECS_KINDS.map(({ category }) => category), 'dns_query'].map((category) => [
        category,
        source(os, null, category),
      ]),
    ),
  ]),
);

/** Access logs of a web server with W3C names. */
export const WEBSERVER = source(null, null, 'webserver');
export const PROXY = source(null, null, 'proxy');
export const NO_SOURCE = source(null, null);
