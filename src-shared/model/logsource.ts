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

/** Names that the parts of an event may have, in lower case; null for any, also none. */
export type AcceptedNames = { readonly [Part in keyof LogSource]: readonly string[] | null };

/**
 * What events a rule's logsource reads: those that fit any of these. One, but for the generic network category, which
 * reads what other categories recorded as well. The parts of `rule` are lower case.
 */
export function acceptedLogsources(rule: LogSource): readonly AcceptedNames[] {
  const product = rule.product === null ? null : [rule.product];
  const own: AcceptedNames = {
    category: names(rule.category, CATEGORY_INCLUDES),
    product,
    service: names(rule.service, SERVICE_INCLUDES),
  };
  if (rule.category !== 'network') return [own];
  const services = rule.service === null ? Object.keys(NETWORK_INCLUDES) : [rule.service];
  const category = services.flatMap((name) =>
    Object.hasOwn(NETWORK_INCLUDES, name) ? (NETWORK_INCLUDES[name] ?? []) : [],
  );
  return [own, { category, product, service: null }];
}

/** True when events of `event` are what `rule` reads. Case does not count; the parts of `rule` are lower case. */
export function acceptsLogsource(rule: LogSource, event: LogSource): boolean {
  return acceptedLogsources(rule).some(
    ({ category, product, service }) =>
      fits(category, event.category) && fits(product, event.product) && fits(service, event.service),
  );
}

function fits(accepted: readonly string[] | null, actual: string | null): boolean {
  return accepted === null || (actual !== null && accepted.includes(actual.toLowerCase()));
}

/** `stated` and what it includes; null where nothing is stated. */
function names(
  stated: string | null,
  includes: Readonly<Record<string, readonly string[]>>,
): readonly string[] | null {
  if (stated === null) return null;
  return Object.hasOwn(includes, stated) ? [stated, ...(includes[stated] ?? [])] : [stated];
}

/** Readable form: "windows/process_creation/-". */
export function logsourceText({ product, category, service }: LogSource): string {
  return `${product ?? '-'}/${category ?? '-'}/${service ?? '-'}`;
}
