/**
 * Windows logsources as data. Names are those that SigmaHQ's rules use; which channel and event each means was
 * taken from the project's own test mapping (tests/thor.yml), the Sigma taxonomy appendix and the channels'
 * registered names in Windows.
 */

/** Sigma service to the channels that it stands for. A channel belongs to one service. */
export const WINDOWS_CHANNELS: Readonly<Record<string, readonly string[]>> = {
  application: ['Application'],
  security: ['Security'],
  system: ['System'],
  sysmon: ['Microsoft-Windows-Sysmon/Operational'],
  powershell: ['Microsoft-Windows-PowerShell/Operational', 'PowerShellCore/Operational'],
  'powershell-classic': ['Windows PowerShell'],
  windefend: ['Microsoft-Windows-Windows Defender/Operational'],
  'appmodel-runtime': ['Microsoft-Windows-AppModel-Runtime/Admin'],
  'application-experience': [
    'Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant',
    'Microsoft-Windows-Application-Experience/Program-Telemetry',
  ],
  applocker: [
    'Microsoft-Windows-AppLocker/EXE and DLL',
    'Microsoft-Windows-AppLocker/MSI and Script',
    'Microsoft-Windows-AppLocker/Packaged app-Deployment',
    'Microsoft-Windows-AppLocker/Packaged app-Execution',
  ],
  'appxdeployment-server': ['Microsoft-Windows-AppXDeploymentServer/Operational'],
  'appxpackaging-om': ['Microsoft-Windows-AppxPackaging/Operational'],
  bitlocker: ['Microsoft-Windows-BitLocker/BitLocker Management'],
  'bits-client': ['Microsoft-Windows-Bits-Client/Operational'],
  capi2: ['Microsoft-Windows-CAPI2/Operational'],
  'certificateservicesclient-lifecycle-system': [
    'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational',
  ],
  'codeintegrity-operational': ['Microsoft-Windows-CodeIntegrity/Operational'],
  dhcp: ['Microsoft-Windows-DHCP-Server/Operational'],
  'diagnosis-scripted': ['Microsoft-Windows-Diagnosis-Scripted/Operational'],
  'dns-client': [
    'Microsoft-Windows-DNS Client Events/Operational',
    'Microsoft-Windows-DNS-Client/Operational',
  ],
  'dns-server': ['DNS Server', 'Microsoft-Windows-DNSServer/Audit', 'Microsoft-Windows-DNS-Server/Audit'],
  'dns-server-analytic': [
    'Microsoft-Windows-DNSServer/Analytical',
    'Microsoft-Windows-DNS-Server/Analytical',
  ],
  'driver-framework': ['Microsoft-Windows-DriverFrameworks-UserMode/Operational'],
  'firewall-as': ['Microsoft-Windows-Windows Firewall With Advanced Security/Firewall'],
  'hyper-v-worker': ['Microsoft-Windows-Hyper-V-Worker', 'Microsoft-Windows-Hyper-V-Worker-Admin'],
  'iis-configuration': ['Microsoft-IIS-Configuration/Operational'],
  'kernel-event-tracing': [
    'Microsoft-Windows-Kernel-EventTracing',
    'Microsoft-Windows-Kernel-EventTracing/Admin',
  ],
  'kernel-shimengine': [
    'Microsoft-Windows-Kernel-ShimEngine/Diagnostic',
    'Microsoft-Windows-Kernel-ShimEngine/Operational',
  ],
  ldap: ['Microsoft-Windows-LDAP-Client/Debug'],
  'lsa-server': ['Microsoft-Windows-LSA/Operational'],
  // SigmaHQ's rule names this service in full; the shorter name of its test mapping is used by no rule.
  'microsoft-servicebus-client': [
    'Microsoft-ServiceBus-Client',
    'Microsoft-ServiceBus-Client/Admin',
    'Microsoft-ServiceBus-Client/Operational',
  ],
  'msexchange-management': ['MSExchange Management'],
  ntfs: ['Microsoft-Windows-Ntfs/Operational'],
  ntlm: ['Microsoft-Windows-NTLM/Operational'],
  openssh: ['OpenSSH/Operational'],
  'printservice-admin': ['Microsoft-Windows-PrintService/Admin'],
  'printservice-operational': ['Microsoft-Windows-PrintService/Operational'],
  'security-mitigations': [
    'Microsoft-Windows-Security-Mitigations/Kernel Mode',
    'Microsoft-Windows-Security-Mitigations/User Mode',
  ],
  sense: ['Microsoft-Windows-SENSE/Operational'],
  'shell-core': ['Microsoft-Windows-Shell-Core/Operational'],
  'smbclient-connectivity': ['Microsoft-Windows-SmbClient/Connectivity'],
  'smbclient-security': ['Microsoft-Windows-SmbClient/Security'],
  'smbserver-connectivity': ['Microsoft-Windows-SMBServer/Connectivity'],
  taskscheduler: ['Microsoft-Windows-TaskScheduler/Operational'],
  'terminalservices-localsessionmanager': [
    'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
  ],
  vhdmp: ['Microsoft-Windows-VHDMP/Operational'],
  wmi: ['Microsoft-Windows-WMI-Activity/Operational'],
};

/** Sysmon event to category. 12 is narrowed by its EventType, see `SYSMON_REGISTRY_KEY_EVENTS`. */
const SYSMON_CATEGORIES: Readonly<Record<number, string>> = {
  1: 'process_creation',
  2: 'file_change',
  3: 'network_connection',
  4: 'sysmon_status',
  5: 'process_termination',
  6: 'driver_load',
  7: 'image_load',
  8: 'create_remote_thread',
  9: 'raw_access_thread',
  10: 'process_access',
  11: 'file_event',
  12: 'registry_event',
  13: 'registry_set',
  14: 'registry_rename',
  15: 'create_stream_hash',
  16: 'sysmon_status',
  17: 'pipe_created',
  18: 'pipe_created',
  19: 'wmi_event',
  20: 'wmi_event',
  21: 'wmi_event',
  22: 'dns_query',
  23: 'file_delete',
  24: 'clipboard_capture',
  25: 'process_tampering',
  26: 'file_delete_detected',
  27: 'file_block_executable',
  28: 'file_block_shredding',
  29: 'file_executable_detected',
  255: 'sysmon_error',
};

/** Defender events that carry a threat name or path: the generic category `antivirus`. */
const DEFENDER_THREAT_EVENTS = [1006, 1007, 1008, 1009, 1010, 1011, 1012, 1017, 1018, 1019, 1115, 1116];

/** Service, then EventID, to category. Events not listed have a service and no category. */
export const WINDOWS_CATEGORIES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  sysmon: SYSMON_CATEGORIES,
  security: { 4688: 'process_creation' },
  powershell: { 4103: 'ps_module', 4104: 'ps_script' },
  'powershell-classic': {
    400: 'ps_classic_start',
    600: 'ps_classic_provider_start',
    800: 'ps_classic_script',
  },
  windefend: Object.fromEntries(DEFENDER_THREAT_EVENTS.map((eventId) => [eventId, 'antivirus'])),
};

/**
 * Sysmon 12 by EventType. The engine treats `registry_event` as the parent of these, registry_set and
 * registry_rename; a 12 of any other type stays `registry_event`.
 */
export const SYSMON_REGISTRY_KEY_EVENTS: Readonly<Record<string, string>> = {
  CreateKey: 'registry_add',
  DeleteKey: 'registry_delete',
  DeleteValue: 'registry_delete',
};

/** Categories that only an ETW provider gives, whatever channel carries it. */
export const WINDOWS_PROVIDER_CATEGORIES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'Microsoft-Windows-Kernel-File': {
    12: 'file_access',
    19: 'file_rename',
    27: 'file_rename',
    30: 'file_access',
  },
};

/** Provider to channel, for records that lost their channel on the way. */
export const WINDOWS_PROVIDER_CHANNELS: Readonly<Record<string, string>> = {
  'Microsoft-Windows-Security-Auditing': 'Security',
  'Microsoft-Windows-Sysmon': 'Microsoft-Windows-Sysmon/Operational',
  'Microsoft-Windows-PowerShell': 'Microsoft-Windows-PowerShell/Operational',
  PowerShellCore: 'PowerShellCore/Operational',
  PowerShell: 'Windows PowerShell',
  'Service Control Manager': 'System',
  'Microsoft-Windows-Windows Defender': 'Microsoft-Windows-Windows Defender/Operational',
  'Microsoft-Windows-TaskScheduler': 'Microsoft-Windows-TaskScheduler/Operational',
  'Microsoft-Windows-WMI-Activity': 'Microsoft-Windows-WMI-Activity/Operational',
  'Microsoft-Windows-Bits-Client': 'Microsoft-Windows-Bits-Client/Operational',
  'Microsoft-Windows-AppLocker': 'Microsoft-Windows-AppLocker/EXE and DLL',
  'Microsoft-Windows-CodeIntegrity': 'Microsoft-Windows-CodeIntegrity/Operational',
  'Microsoft-Windows-NTLM': 'Microsoft-Windows-NTLM/Operational',
};

/** Channel that Sysmon for Linux names in its records. */
export const LINUX_SYSMON_CHANNEL = 'Linux-Sysmon/Operational';
export const LINUX_SYSMON_PROVIDER = 'Linux-Sysmon';

/** Channel of the open source RPC firewall, a product of its own in the taxonomy. */
export const RPC_FIREWALL_CHANNEL = 'RPCFW';
