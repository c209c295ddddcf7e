import type { LogSource } from './event.ts';

/**
 * Rule logsources that include others. Events carry one concrete logsource, resolved by the enricher; a rule
 * may name a wider one. Sysmon 12, 13 and 14 are `registry_event` together (specification, "taxonomy").
 */
export const CATEGORY_INCLUDES: Readonly<Record<string, readonly string[]>> = {
  registry_event: ['registry_add', 'registry_delete', 'registry_rename', 'registry_set'],
};

/** Services with a log of their own that also write to the two classic Linux logs, auth.log and syslog. */
export const SERVICE_INCLUDES: Readonly<Record<string, readonly string[]>> = {
  auth: ['sshd', 'sudo'],
  // Alerts on privileged roles are risk events too; alerts of Microsoft 365 come from one log under three names.
  pim: ['riskdetection'],
  threat_detection: ['threat_management'],
  exchange: ['threat_management'],
  syslog: ['auth', 'sshd', 'sudo', 'cron', 'clamav', 'guacamole', 'vsftpd'],
};

/** Generic network events (taxonomy 2.1, "Network Events"): service to the categories of whoever recorded them. */
export const NETWORK_INCLUDES: Readonly<Record<string, readonly string[]>> = {
  connection: ['network_connection', 'firewall'],
  dns: ['dns', 'dns_query'],
};

/**
 * True when events of `event` are what `rule` reads: each part that the rule states is the event's, or
 * includes it. Case does not count; the parts of `rule` are lower case.
 */
export function acceptsLogsource(rule: LogSource, event: LogSource): boolean {
  if (rule.category === 'network' && event.category?.toLowerCase() !== 'network') {
    return isNetworkEvent(rule.service, event.category) && accepts(rule.product, event.product, {});
  }
  return (
    accepts(rule.category, event.category, CATEGORY_INCLUDES) &&
    accepts(rule.product, event.product, {}) &&
    accepts(rule.service, event.service, SERVICE_INCLUDES)
  );
}

function isNetworkEvent(service: string | null, category: string | null): boolean {
  if (category === null) return false;
  const services = service === null ? Object.keys(NETWORK_INCLUDES) : [service];
  return services.some(
    (name) => Object.hasOwn(NETWORK_INCLUDES, name) && NETWORK_INCLUDES[name]?.includes(category) === true,
  );
}

/** Names of a part that events may have for a rule that states `stated`; lower case. */
export function acceptedNames(part: keyof LogSource, stated: string): readonly string[] {
  const includes = part === 'category' ? CATEGORY_INCLUDES : part === 'service' ? SERVICE_INCLUDES : {};
  return Object.hasOwn(includes, stated) ? [stated, ...(includes[stated] ?? [])] : [stated];
}

/** Readable form: "windows/process_creation/-". */
export function logsourceText({ product, category, service }: LogSource): string {
  return `${product ?? '-'}/${category ?? '-'}/${service ?? '-'}`;
}

function accepts(
  stated: string | null,
  actual: string | null,
  includes: Readonly<Record<string, readonly string[]>>,
): boolean {
  if (stated === null) return true;
  if (actual === null) return false;
  const name = actual.toLowerCase();
  return name === stated || (Object.hasOwn(includes, stated) && includes[stated]?.includes(name) === true);
}
