import type { FieldValue, Fields } from '#shared/model/event.ts';

/** W3C and common alternative names to the names that Sigma's webserver and proxy rules use. */
export const WEB_NAMES: Readonly<Record<string, readonly string[]>> = {
  'cs(User-Agent)': ['cs-user-agent', 'c-useragent'],
  'cs-user-agent': ['c-useragent'],
  'c-useragent': ['cs-user-agent'],
  'cs(Referer)': ['cs-referer', 'cs-referrer'],
  'cs(Cookie)': ['cs-cookie'],
  'cs(Host)': ['cs-host'],
  'cs-uri': ['c-uri'],
  'c-uri': ['cs-uri'],
};

const ZEEK_HTTP_NAMES: Readonly<Record<string, readonly string[]>> = {
  uri: ['c-uri', 'cs-uri'],
  user_agent: ['c-useragent', 'cs-user-agent'],
  method: ['cs-method'],
  host: ['cs-host', 'r-dns'],
  status_code: ['sc-status'],
  referrer: ['cs-referrer', 'cs-referer'],
  'id.orig_h': ['c-ip', 'src_ip'],
  'id.resp_h': ['dst_ip'],
};

const ZEEK_DNS_NAMES: Readonly<Record<string, readonly string[]>> = {
  qtype_name: ['record_type'],
  answers: ['answer'],
  'id.orig_h': ['src_ip'],
  'id.resp_h': ['dst_ip'],
};

const ZEEK_CONN_NAMES: Readonly<Record<string, readonly string[]>> = {
  'id.orig_h': ['src_ip', 'SourceIp'],
  'id.orig_p': ['src_port', 'SourcePort'],
  'id.resp_h': ['dst_ip', 'DestinationIp'],
  'id.resp_p': ['dst_port', 'DestinationPort'],
  proto: ['Protocol'],
};

export const ZEEK_NAMES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  http: ZEEK_HTTP_NAMES,
  dns: ZEEK_DNS_NAMES,
  conn: ZEEK_CONN_NAMES,
};

function rename(fields: Fields, names: Readonly<Record<string, readonly string[]>>): Fields | null {
  let mapped: Record<string, FieldValue> | null = null;
  for (const from in names) {
    const value = fields[from];
    if (value === undefined || value === null) continue;
    for (const to of names[from] ?? []) {
      if (fields[to] === undefined) (mapped ??= {})[to] = value;
    }
  }
  return mapped;
}

/** Exports that cannot have dots in names write underscores; rules use Zeek's own names. */
const ZEEK_UNDERSCORES: Readonly<Record<string, readonly string[]>> = {
  id_orig_h: ['id.orig_h'],
  id_orig_p: ['id.orig_p'],
  id_resp_h: ['id.resp_h'],
  id_resp_p: ['id.resp_p'],
};

/** Names for a Zeek record of the log `service`; null for logs whose own names the rules use. */
export function mapZeek(fields: Fields, service: string): Fields | null {
  const dotted = fields.id_orig_h === undefined ? null : rename(fields, ZEEK_UNDERSCORES);
  const names = Object.hasOwn(ZEEK_NAMES, service) ? ZEEK_NAMES[service] : undefined;
  const renamed =
    names === undefined ? null : rename(dotted === null ? fields : { ...fields, ...dotted }, names);
  return dotted === null ? renamed : { ...dotted, ...renamed };
}

/** Names for an access log record with W3C names. */
export function mapWeb(fields: Fields): Fields | null {
  const mapped = rename(fields, WEB_NAMES);
  const stem = fields['cs-uri-stem'];
  if (typeof stem !== 'string' || fields['c-uri'] !== undefined || fields['cs-uri'] !== undefined)
    return mapped;
  const query = fields['cs-uri-query'];
  const uri = typeof query === 'string' && query !== '' && query !== '-' ? `${stem}?${query}` : stem;
  return { ...mapped, 'c-uri': uri, 'cs-uri': uri };
}

/**
 * Combined and common log format (Apache's mod_log_config, nginx's `combined`): address, ident, user, [time],
 * "request", status, bytes and optionally "referer" "user agent". Quoted parts end at an unescaped quote. Each
 * part excludes its own terminator, so the pattern is linear.
 */
const ACCESS_LINE =
  /^(\S{1,255}) \S+ (\S+) \[[^\]]{1,64}\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-)(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?/;

/** Web names out of an access log line that came as syslog text; null when the message is not one. */
export function mapAccessLine(message: string): Fields | null {
  const parts = ACCESS_LINE.exec(message);
  if (parts === null) return null;
  const [, address = '', user = '-', request = '', status = '', size = '-', referer, agent] = parts;
  const [method = '', target = '', version] = request.split(' ');
  const question = target.indexOf('?');
  const mapped: Record<string, FieldValue> = {
    'c-ip': address,
    'cs-method': method,
    'cs-uri': target,
    'c-uri': target,
    'cs-uri-stem': question === -1 ? target : target.slice(0, question),
    'cs-uri-query': question === -1 ? '' : target.slice(question + 1),
    'sc-status': Number(status),
  };
  if (user !== '-') mapped['cs-username'] = user;
  if (size !== '-') mapped['sc-bytes'] = Number(size);
  if (version !== undefined) mapped['cs-version'] = version;
  if (referer !== undefined && referer !== '-') mapped['cs-referer'] = referer;
  if (agent !== undefined) {
    mapped['cs-user-agent'] = agent;
    mapped['c-useragent'] = agent;
  }
  return mapped;
}
