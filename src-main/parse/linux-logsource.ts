import type { LogSource } from '#shared/model/event.ts';

/** SigmaHQ's services by program name, where the two differ. */
const SERVICES: Readonly<Record<string, string>> = {
  'sshd-session': 'sshd',
  crond: 'cron',
  CRON: 'cron',
  crontab: 'cron',
  anacron: 'cron',
  audispd: 'auditd',
  audit: 'auditd',
  auoms: 'auditd',
  clamd: 'clamav',
  freshclam: 'clamav',
  clamscan: 'clamav',
  guacd: 'guacamole',
  login: 'auth',
  su: 'auth',
  'systemd-logind': 'auth',
  passwd: 'auth',
  useradd: 'auth',
  usermod: 'auth',
  userdel: 'auth',
  groupadd: 'auth',
  groupdel: 'auth',
  gdm: 'auth',
};

/** Programs that are a SigmaHQ service of the same name. */
const OWN_SERVICE: ReadonlySet<string> = new Set([
  'sshd',
  'sudo',
  'cron',
  'vsftpd',
  'auditd',
  'clamav',
  'guacamole',
]);

/**
 * Sigma logsource of a Unix program's record. Programs without a service of their own write to syslog, which is
 * the service that SigmaHQ gives its rules for /var/log/syslog and messages.
 */
export function linuxLogsource(program: string): LogSource {
  const name = program.replace(/^.*\//, '').replace(/\(.*\)$/, '');
  const mapped = Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
  const service = mapped ?? (OWN_SERVICE.has(name) ? name : 'syslog');
  return { category: null, product: 'linux', service };
}
