import type { FieldValue, Fields } from '#shared/model/event.ts';

/**
 * Names of the generic `category: network` (specification 2.1, taxonomy "Network category"), which are those of the
 * Elastic Common Schema, for records that name the same things Sysmon's or Zeek's way.
 */
export const CONNECTION_NAMES: readonly (readonly [own: string, name: string])[] = [
  ['SourceIp', 'source.ip'],
  ['SourcePort', 'source.port'],
  ['DestinationIp', 'destination.ip'],
  ['DestinationPort', 'destination.port'],
  ['Protocol', 'network.transport'],
  ['id.orig_h', 'source.ip'],
  ['id.orig_p', 'source.port'],
  ['id.resp_h', 'destination.ip'],
  ['id.resp_p', 'destination.port'],
  ['proto', 'network.transport'],
  ['service', 'network.protocol'],
  ['duration', 'event.duration'],
  ['orig_pkts', 'source.packets'],
  ['resp_pkts', 'destination.packets'],
  ['orig_bytes', 'source.bytes'],
  ['resp_bytes', 'destination.bytes'],
  ['community_id', 'network.community_id'],
  ['conn_state', 'network.state'],
  ['history', 'network.history'],
];

export const DNS_NAMES: readonly (readonly [own: string, name: string])[] = [
  ['id.orig_h', 'source.ip'],
  ['id.orig_p', 'source.port'],
  ['id.resp_h', 'destination.ip'],
  ['id.resp_p', 'destination.port'],
  ['community_id', 'network.community_id'],
  ['QueryName', 'dns.question.name'],
  ['query', 'dns.question.name'],
  ['qtype_name', 'dns.question.type'],
  ['qclass_name', 'dns.question.class'],
  ['trans_id', 'dns.id'],
  ['answers', 'dns.answers.data'],
  ['TTLs', 'dns.answers.ttl'],
  ['rcode_name', 'dns.response.code'],
  ['QueryStatus', 'dns.response.code'],
];

const NAMES: ReadonlyMap<string, readonly (readonly [own: string, name: string])[]> = new Map([
  ['network_connection', CONNECTION_NAMES],
  ['firewall', CONNECTION_NAMES],
  ['dns', DNS_NAMES],
  ['dns_query', DNS_NAMES],
]);

/** Adds to `mapped` what a rule on the generic network category would ask of this record. */
export function withNetworkNames(
  fields: Fields,
  mapped: Fields | null,
  category: string | null,
): Fields | null {
  const names = category === null ? undefined : NAMES.get(category);
  if (names === undefined) return mapped;
  const all: Record<string, FieldValue> = { ...mapped };
  for (const [own, name] of names) {
    const value = mapped?.[own] ?? fields[own];
    if (value !== undefined && value !== null && fields[name] === undefined && !(name in all))
      all[name] = value;
  }
  return Object.keys(all).length === 0 ? null : all;
}
