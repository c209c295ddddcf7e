import type { Fields, LogSource } from '#shared/model/event.ts';
import type { ParsedEvent } from '../../pipeline/parsing.ts';
import { mapAuditdExec } from './auditd.ts';
import { mapCloud } from './cloud.ts';
import { mapEcs } from './ecs.ts';
import { mapPacketFilterLine } from './firewall.ts';
import { withNetworkNames } from './network.ts';
import { mapAccessLine, mapWeb, mapZeek } from './web.ts';
import {
  AUDIT_POLICY_CHANGED,
  mapAuditPolicyChange,
  mapDefender,
  mapRpcFirewall,
  mapSecurityProcess,
} from './windows.ts';

function mapWindowsRecord(fields: Fields, { product, service, category }: LogSource): Fields | null {
  if (service === 'windefend') return mapDefender(fields);
  if (product === 'rpc_firewall') return mapRpcFirewall(fields);
  if (service === 'security' && category === 'process_creation') return mapSecurityProcess(fields);
  if (fields.EventID === AUDIT_POLICY_CHANGED && service === 'security') return mapAuditPolicyChange(fields);
  return null;
}

/**
 * Sigma-taxonomy names that the record's own names do not have, for the event's resolved logsource. Null when
 * nothing differs, which is the common case (Sysmon) and costs no object.
 */
export function mapFields(parsed: ParsedEvent, logsource: LogSource): Fields | null {
  return withNetworkNames(parsed.fields, mapProductFields(parsed, logsource), logsource.category);
}

function mapProductFields(parsed: ParsedEvent, logsource: LogSource): Fields | null {
  const { fields } = parsed;
  if (fields.EventID !== undefined) return mapWindowsRecord(fields, logsource);
  if (logsource.product === 'zeek') {
    // A shipper that renamed Zeek's members to ECS nests the addresses under `source`.
    const isEcs = 'source' in fields || 'source.ip' in fields;
    return isEcs ? mapEcs(fields) : mapZeek(fields, logsource.service ?? '');
  }
  if (logsource.service === 'auditd') {
    return logsource.category === 'process_creation' ? mapAuditdExec(fields) : null;
  }
  if (logsource.category === 'webserver' || logsource.category === 'proxy') {
    return mapWeb(fields) ?? mapAccessLine(parsed.message) ?? mapEcs(fields);
  }
  if (logsource.category === 'firewall') return mapPacketFilterLine(parsed.message) ?? mapEcs(fields);
  // Syslog text has no members to rename.
  return fields.program !== undefined ? null : (mapCloud(fields, logsource) ?? mapEcs(fields));
}
