import type { LogSource } from '#shared/model/event.ts';
import { acceptsLogsource, logsourceText } from '#shared/model/logsource.ts';
import type { Finding } from '../../document/rule.ts';
import { KNOWN_LOGSOURCES } from '../../vocabulary/logsources.ts';
import { warning, type LintContext, type RuleCheck } from '../check.ts';
import { nearestName } from '../nearest-name.ts';

const PARTS: readonly (keyof LogSource)[] = ['product', 'category', 'service'];

const NAMES: Readonly<Record<keyof LogSource, readonly string[]>> = {
  product: namesOf('product'),
  category: namesOf('category'),
  service: namesOf('service'),
};

/** A rule whose logsource no event ever has is never run on anything. */
export const unknownLogsource: RuleCheck = {
  id: 'unknown-logsource',
  summary: 'A category, product or service that no known logs have, alone or together.',
  *check({ rule }, context) {
    if (isInEvidence(rule.logsource, context)) return;
    const findings = PARTS.flatMap((part) => unknownPart(part, rule.logsource[part]));
    yield* findings;
    if (findings.length === 0 && !isKnownTogether(rule.logsource)) yield unusual(rule.logsource);
  },
};

function namesOf(part: keyof LogSource): readonly string[] {
  return [...new Set(KNOWN_LOGSOURCES.flatMap((one) => one[part] ?? []))];
}

function unknownPart(part: keyof LogSource, name: string | null): readonly Finding[] {
  if (name === null || NAMES[part].includes(name)) return [];
  const meant = nearestName(name, NAMES[part]);
  const hint =
    meant === null
      ? 'If the logs are your own, make sure that their events carry this name; else the rule never runs.'
      : `Did you mean "${meant}"?`;
  return [warning(['logsource', part], `No known logs have the ${part} "${name}".`, hint)];
}

/** Category and service of a rule belong to one product; a rule may name both of them, or one. */
function isKnownTogether(logsource: LogSource): boolean {
  const { product } = logsource;
  return (['category', 'service'] as const).every((part) => {
    const name = logsource[part];
    const rows = KNOWN_LOGSOURCES.filter((one) => one[part] === name);
    return name === null || product === null || rows.some((one) => (one.product ?? product) === product);
  });
}

function unusual(logsource: LogSource): Finding {
  const message = `No known logs are ${logsourceText(logsource)} (product/category/service).`;
  const part = logsource.service === null ? 'category' : 'service';
  const owners = KNOWN_LOGSOURCES.filter((one) => one[part] === logsource[part]).map((one) => one.product);
  const hint = `The ${part} "${logsource[part] ?? ''}" is known of ${owners.map((one) => one ?? 'any product').join(', ')}.`;
  return warning(['logsource'], message, hint);
}

function isInEvidence(logsource: LogSource, { evidence }: LintContext): boolean {
  return evidence?.some((one) => acceptsLogsource(logsource, one)) === true;
}
