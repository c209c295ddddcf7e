import type { LogSource } from '#shared/model/event.ts';
import type { ParsedEvent } from '../../pipeline/parsing.ts';
import { textOf } from '../kit/members.ts';
import { auditLogSource, recordLogSource, syslogLogSource } from './records.ts';
import { zeekLogSource } from './record-table.ts';
import { windowsLogSource } from './windows.ts';

/**
 * What the format stated wins part by part; what it left open is filled from the derived source. Facts of
 * another product are not mixed in.
 */
function complete(stated: LogSource, derived: LogSource): LogSource {
  const { category, product, service } = stated;
  // `linux/syslog` is what formats say of any program; what is known better is that, of whatever product.
  if (category === null && product === 'linux' && service === 'syslog')
    return isKnown(derived) ? derived : stated;
  if (category === null && service === null && (product === null || product === derived.product))
    return derived;
  const conflicts =
    (product !== null && derived.product !== null && product !== derived.product) ||
    (service !== null && derived.service !== null && service !== derived.service);
  if (conflicts) return stated;
  return {
    category: category ?? derived.category,
    product: product ?? derived.product,
    service: service ?? derived.service,
  };
}

function isKnown({ category, product, service }: LogSource): boolean {
  return category !== null || product !== null || service !== null;
}

function derive(parsed: ParsedEvent): LogSource {
  const { fields, logsource } = parsed;
  if (logsource.product === 'zeek' && logsource.service !== null) return zeekLogSource(logsource.service);
  const windows = windowsLogSource(fields);
  if (windows !== null) return windows;
  const audit = auditLogSource(fields);
  if (audit !== null) return audit;
  const program = textOf(fields.program ?? fields.app_name ?? fields.appname);
  if (program !== null || 'facility' in fields) {
    return syslogLogSource(program, fields.facility, parsed.message);
  }
  return recordLogSource(fields);
}

/**
 * Concrete Sigma logsource of one event. Pure. The result is shared and frozen unless the format stated parts
 * of its own that had to be merged.
 */
export function resolveLogSource(parsed: ParsedEvent): LogSource {
  const stated = parsed.logsource;
  if (stated.category !== null && stated.product !== null && stated.service !== null) return stated;
  return complete(stated, derive(parsed));
}
