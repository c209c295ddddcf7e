import type { FieldValue, Fields } from '#shared/model/event.ts';
import { memberAt } from '../kit/members.ts';

/**
 * Elastic Common Schema (and what winlogbeat leaves under `winlog`) to the Sigma taxonomy. The first part of a
 * path is looked for once per record; only roots that are present cost more.
 */
export const ECS_NAMES: Readonly<Record<string, readonly (readonly [path: string, name: string])[]>> = {
  process: [
    ['process.executable', 'Image'],
    ['process.command_line', 'CommandLine'],
    ['process.pid', 'ProcessId'],
    ['process.entity_id', 'ProcessGuid'],
    ['process.working_directory', 'CurrentDirectory'],
    ['process.pe.original_file_name', 'OriginalFileName'],
    ['process.pe.description', 'Description'],
    ['process.pe.product', 'Product'],
    ['process.pe.company', 'Company'],
    ['process.parent.executable', 'ParentImage'],
    ['process.parent.command_line', 'ParentCommandLine'],
    ['process.parent.pid', 'ParentProcessId'],
    ['process.hash.md5', 'md5'],
    ['process.hash.sha1', 'sha1'],
    ['process.hash.sha256', 'sha256'],
  ],
  file: [
    ['file.path', 'TargetFilename'],
    ['file.hash.md5', 'md5'],
    ['file.hash.sha256', 'sha256'],
  ],
  dll: [['dll.path', 'ImageLoaded']],
  registry: [
    ['registry.path', 'TargetObject'],
    ['registry.data.strings', 'Details'],
  ],
  dns: [
    ['dns.question.name', 'QueryName'],
    ['dns.question.name', 'query'],
    ['dns.question.type', 'record_type'],
    ['dns.resolved_ip', 'QueryResults'],
    ['dns.response_code', 'QueryStatus'],
  ],
  source: [
    ['source.ip', 'SourceIp'],
    ['source.ip', 'src_ip'],
    ['source.ip', 'c-ip'],
    ['source.port', 'SourcePort'],
    ['source.port', 'src_port'],
    ['source.domain', 'SourceHostname'],
  ],
  destination: [
    ['destination.ip', 'DestinationIp'],
    ['destination.ip', 'dst_ip'],
    ['destination.port', 'DestinationPort'],
    ['destination.port', 'dst_port'],
    ['destination.domain', 'DestinationHostname'],
  ],
  url: [
    ['url.full', 'c-uri'],
    ['url.original', 'c-uri'],
    ['url.path', 'cs-uri-stem'],
    ['url.query', 'cs-uri-query'],
    ['url.domain', 'cs-host'],
  ],
  http: [
    ['http.request.method', 'cs-method'],
    ['http.request.referrer', 'cs-referer'],
    ['http.response.status_code', 'sc-status'],
  ],
  user_agent: [
    ['user_agent.original', 'cs-user-agent'],
    ['user_agent.original', 'c-useragent'],
  ],
  network: [['network.transport', 'Protocol']],
};

/** Flat ECS names by name, for records written with dots. */
const FLAT_NAMES = new Map<string, string[]>();
for (const [path, name] of Object.values(ECS_NAMES).flat()) {
  FLAT_NAMES.set(path, [...(FLAT_NAMES.get(path) ?? []), name]);
}

/** `CORP\alice` from user.domain and user.name: Sigma's `User` has the domain. */
function userOf(fields: Fields): string | null {
  const name = memberAt(fields, 'user.name');
  if (typeof name !== 'string' || name === '') return null;
  const domain = memberAt(fields, 'user.domain');
  return typeof domain === 'string' && domain !== '' ? `${domain}\\${name}` : name;
}

/** Names for an ECS record, nested or flat; null when it holds nothing of ECS. The record's own names win. */
export function mapEcs(fields: Fields): Fields | null {
  const mapped: Record<string, FieldValue> = {};
  const add = (name: string, value: FieldValue | undefined): void => {
    if (value === undefined || value === null || fields[name] !== undefined || name in mapped) return;
    mapped[name] = value;
  };
  for (const name in fields) {
    if (name.includes('.')) {
      for (const target of FLAT_NAMES.get(name) ?? []) add(target, fields[name]);
    } else if (Object.hasOwn(ECS_NAMES, name) && typeof fields[name] === 'object') {
      for (const [path, target] of ECS_NAMES[name] ?? []) add(target, memberAt(fields, path));
    }
  }
  if ('user' in fields || 'user.name' in fields) add('User', userOf(fields) ?? undefined);
  return Object.keys(mapped).length === 0 ? null : mapped;
}
