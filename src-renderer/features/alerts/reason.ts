import type { AlertDetailWire } from '#shared/contract/alerts.ts';
import { formatCount } from '../../lib/numbers.ts';
import { parseRulePattern } from './rule-pattern.ts';

/** Parts of the sentence that says why an alert exists; `value` parts come from a log and are shown as such. */
export interface ReasonPart {
  readonly kind: 'text' | 'value';
  readonly text: string;
}

/** Comparisons told in the sentence; the rest is in the table below it. */
const TOLD = 2;

/** "On WS-014, Image ends with \cmd.exe and CommandLine contains /c, 12 times." */
export function reasonOf(alert: AlertDetailWire): readonly ReasonPart[] {
  const host = alert.events[0]?.host ?? '';
  const comparisons = alert.evidence.matched.flatMap(({ fields }) => fields);
  const parts: ReasonPart[] = [];
  const say = (text: string) => parts.push({ kind: 'text', text });
  const quote = (text: string) => parts.push({ kind: 'value', text });
  if (host !== '') {
    say('On ');
    quote(host);
    say(', ');
  }
  comparisons.slice(0, TOLD).forEach(({ field, pattern }, index) => {
    const { comparison, words } = parseRulePattern(pattern);
    if (index > 0) say(' and ');
    quote(field);
    say(` ${comparison} `);
    quote(words.join(', '));
  });
  if (comparisons.length === 0) say('the rule matched');
  const more = comparisons.length - TOLD;
  if (more > 0) say(`, with ${more === 1 ? 'one more condition' : `${more} more conditions`}`);
  say(alert.count === 1 ? ', once.' : `, ${formatCount(alert.count)} times.`);
  return capitalised(parts);
}

function capitalised(parts: readonly ReasonPart[]): readonly ReasonPart[] {
  const [first, ...rest] = parts;
  if (first?.kind !== 'text') return parts;
  return [{ kind: 'text', text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
}
