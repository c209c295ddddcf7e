import type { FieldValue } from '#shared/model/event.ts';
import type { ShapedEvent } from '../windows-event.ts';
import { genericEvent } from './generic.ts';
import type { JsonObject } from './json-text.ts';

/** Zeek logs that SigmaHQ also addresses by category, whatever product wrote them. */
const CATEGORIES: Readonly<Record<string, string>> = { dns: 'dns', http: 'http' };

/** A line of a Zeek JSON log; its service is the log's name (`_path`), where the writer left it in. */
export function zeekEvent(record: JsonObject): ShapedEvent | null {
  const path = record._path;
  const originator = record['id.orig_h'];
  if (record.ts === undefined || (typeof path !== 'string' && originator === undefined)) return null;
  const service = typeof path === 'string' ? path : null;
  const category = service !== null && Object.hasOwn(CATEGORIES, service) ? CATEGORIES[service] : undefined;
  const message = record.msg;
  return genericEvent(record, {
    logsource: { category: category ?? null, product: 'zeek', service },
    ...(typeof message === 'string' || originator === undefined
      ? {}
      : { message: connection(record, service) }),
  });
}

/** "dns 10.0.0.5:5353 -> 10.0.0.1:53 example.com". */
function connection(record: JsonObject, service: string | null): string {
  const subject = record.query ?? record.uri ?? record.path ?? record.service ?? record.operation;
  const from = endpoint(record['id.orig_h'], record['id.orig_p']);
  const to = endpoint(record['id.resp_h'], record['id.resp_p']);
  const words = `${service ?? 'zeek'} ${from} -> ${to}`;
  return typeof subject === 'string' && subject !== '' ? `${words} ${subject}` : words;
}

function endpoint(host: FieldValue | undefined, port: FieldValue | undefined): string {
  const name = typeof host === 'string' ? host : '?';
  return typeof port === 'number' ? `${name}:${port}` : name;
}
