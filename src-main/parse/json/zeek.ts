import type { FieldValue } from '#shared/model/event.ts';
import type { ShapedEvent } from '../windows-event.ts';
import { genericEvent } from './generic.ts';
import type { JsonObject } from './json-text.ts';

/** Zeek logs that SigmaHQ also addresses by category, whatever product wrote them. */
const CATEGORIES: Readonly<Record<string, string>> = { dns: 'dns', http: 'proxy' };

/**
 * A line of a Zeek JSON log. Its service is the log's name, where the writer left it in: `_path`, or `@stream` of the
 * exporters that write `id_orig_h` for `id.orig_h`.
 */
export function zeekEvent(record: JsonObject): ShapedEvent | null {
  if (record.ts === undefined) return null;
  const path = record._path ?? (record['@proc'] === 'zeek' ? record['@stream'] : undefined);
  const originator = record['id.orig_h'] ?? (path === undefined ? undefined : record.id_orig_h);
  if (typeof path !== 'string' && originator === undefined) return null;
  const service = typeof path === 'string' ? path : null;
  const category = service !== null && Object.hasOwn(CATEGORIES, service) ? CATEGORIES[service] : undefined;
  const isWorded = typeof record.msg === 'string' || originator === undefined;
  return genericEvent(record, {
    logsource: { category: category ?? null, product: 'zeek', service },
    ...(isWorded ? {} : { message: connection(record, service) }),
  });
}

/** "dns 10.0.0.5:5353 -> 10.0.0.1:53 example.com". */
function connection(record: JsonObject, service: string | null): string {
  const subject = record.query ?? record.uri ?? record.path ?? record.service ?? record.operation;
  const from = endpoint(record['id.orig_h'] ?? record.id_orig_h, record['id.orig_p'] ?? record.id_orig_p);
  const to = endpoint(record['id.resp_h'] ?? record.id_resp_h, record['id.resp_p'] ?? record.id_resp_p);
  const words = `${service ?? 'zeek'} ${from} -> ${to}`;
  return typeof subject === 'string' && subject !== '' ? `${words} ${subject}` : words;
}

function endpoint(host: FieldValue | undefined, port: FieldValue | undefined): string {
  const name = typeof host === 'string' ? host : '?';
  return typeof port === 'number' ? `${name}:${port}` : name;
}
