import type { LogSource } from '#shared/model/event.ts';

/** Categories that say enough without a product. */
const GENERIC_CATEGORIES = [
  'antivirus',
  'database',
  'dns',
  'firewall',
  'network',
  'network_connection',
  'process_creation',
  'proxy',
  'webserver',
];

/** What endpoint sensors report on Unix hosts. */
const HOST_CATEGORIES = [
  ...['dns_query', 'driver_load', 'file_access', 'file_change', 'file_delete', 'file_event', 'image_load'],
  ...['network_connection', 'process_creation', 'process_termination'],
];

/** Categories of a product: Sysmon's events, and those that PowerShell and Windows write in their own logs. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  windows: [
    'clipboard_capture',
    'create_remote_thread',
    'create_stream_hash',
    'dns_query',
    'driver_load',
    'file_access',
    'file_block_executable',
    'file_block_shredding',
    'file_change',
    'file_delete',
    'file_delete_detected',
    'file_event',
    'file_executable_detected',
    'file_rename',
    'image_load',
    'network_connection',
    'pipe_created',
    'process_access',
    'process_creation',
    'process_tampering',
    'process_termination',
    'ps_classic_provider_start',
    'ps_classic_script',
    'ps_classic_start',
    'ps_module',
    'ps_script',
    'raw_access_read',
    'raw_access_thread',
    'registry_add',
    'registry_delete',
    'registry_event',
    'registry_rename',
    'registry_set',
    'sysmon_error',
    'sysmon_status',
    'wmi_event',
  ],
  linux: HOST_CATEGORIES,
  macos: HOST_CATEGORIES,
  paloalto: ['appliance', 'file_event'],
};

/** Products that are a log of an application; their category is `application`. */
const APPLICATIONS = [
  'django',
  'jvm',
  'kubernetes',
  'modsecurity',
  'nodejs',
  'opencanary',
  'python',
  'rpc_firewall',
  'ruby_on_rails',
  'spring',
  'sql',
  'velocity',
];

/** Logs of a product, under the names that SigmaHQ's rules use. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  aws: ['cloudtrail'],
  azure: ['activitylogs', 'auditlogs', 'pim', 'riskdetection', 'signinlogs'],
  bitbucket: ['audit'],
  cisco: ['aaa', 'bgp', 'duo', 'ldp', 'syslog'],
  fortigate: ['event', 'traffic', 'utm'],
  fortios: ['sslvpnd'],
  gcp: ['gcp.audit', 'google_workspace.admin', 'google_workspace.login'],
  github: ['audit'],
  huawei: ['bgp', 'ldp'],
  juniper: ['bgp', 'ldp'],
  kubernetes: ['audit'],
  linux: [
    ...['apache', 'auditd', 'auth', 'bind', 'clamav', 'cron', 'dnsmasq', 'guacamole', 'iptables', 'nginx'],
    ...['squid', 'sshd', 'sudo', 'syslog', 'sysmon', 'unbound', 'vsftpd'],
  ],
  m365: ['audit', 'exchange', 'threat_detection', 'threat_management'],
  macos: ['syslog'],
  modsecurity: [],
  okta: ['okta'],
  onelogin: ['onelogin.events'],
  paloalto: ['globalprotect'],
  qualys: [],
  windows: [
    'application',
    'application-experience',
    'applocker',
    'appmodel-runtime',
    'appxdeployment-server',
    'appxpackaging-om',
    'bitlocker',
    'bits-client',
    'capi2',
    'certificateservicesclient-lifecycle-system',
    'codeintegrity-operational',
    'dhcp',
    'diagnosis-scripted',
    'dns-client',
    'dns-server',
    'dns-server-analytic',
    'dns-server-audit',
    'driver-framework',
    'firewall-as',
    'hyper-v-worker',
    'iis',
    'iis-configuration',
    'kernel-event-tracing',
    'kernel-shimengine',
    'ldap',
    'lsa-server',
    'microsoft-servicebus-client',
    'msexchange-management',
    'ntfs',
    'ntlm',
    'openssh',
    'powershell',
    'powershell-classic',
    'printservice-admin',
    'printservice-operational',
    'security',
    'security-mitigations',
    'sense',
    'servicebus-client',
    'shell-core',
    'smbclient-connectivity',
    'smbclient-security',
    'smbserver-connectivity',
    'sysmon',
    'system',
    'taskscheduler',
    'terminalservices-localsessionmanager',
    'vhdmp',
    'windefend',
    'wmi',
  ],
  zeek: [
    'conn',
    'dce_rpc',
    'dns',
    'files',
    'ftp',
    'http',
    'kerberos',
    'notice',
    'ntlm',
    'rdp',
    'smb_files',
  ].concat(['smb_mapping', 'smtp', 'snmp', 'software', 'ssh', 'ssl', 'tunnel', 'weird', 'x509']),
};

/** Logs that are known by their program alone. */
const BARE_LOGS = [
  ...[
    'apache',
    'mariadbd',
    'mongod',
    'mysql',
    'mysqld',
    'netflow',
    'nginx',
    'postgres',
    'postgresql',
    'squid',
  ],
  'traefik',
];

/** Services that stand without a product: `category: network` (specification 2.1) and single logs. */
const BARE_SERVICES: readonly LogSource[] = [
  { product: null, category: 'network', service: 'connection' },
  { product: null, category: 'network', service: 'dns' },
  ...BARE_LOGS.map((service) => ({ product: null, category: null, service })),
];

/**
 * Logsources that rules are written for: those of the specification's taxonomy appendix 2.1.0 and those that
 * SigmaHQ's rules name besides. Each row is a product with one category or one service, or one of these alone.
 */
export const KNOWN_LOGSOURCES: readonly LogSource[] = [
  ...GENERIC_CATEGORIES.map((category) => ({ product: null, category, service: null })),
  ...Object.entries(CATEGORIES).flatMap(([product, categories]) =>
    categories.map((category) => ({ product, category, service: null })),
  ),
  ...APPLICATIONS.map((product) => ({ product, category: 'application', service: null })),
  ...Object.entries(SERVICES).flatMap(([product, services]) => [
    { product, category: null, service: null },
    ...services.map((service) => ({ product, category: null, service })),
  ]),
  ...BARE_SERVICES,
];
