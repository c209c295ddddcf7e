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
  return alert.rule_kind === 'correlation' ? reasonOfCorrelation(alert) : reasonOfEvent(alert);
}

/** "5 events (gte 5 within 10m) with the same User svc-backup, 12 times." */
function reasonOfCorrelation({ evidence, count }: AlertDetailWire): readonly ReasonPart[] {
  const [measured, ...group] = evidence.matched.flatMap(({ fields }) => fields);
  const parts: ReasonPart[] = [];
  const say = (text: string) => parts.push({ kind: 'text', text });
  const quote = (text: string) => parts.push({ kind: 'value', text });
  if (measured === undefined) say('the events came together');
  else {
    // Counted things follow their number; a sum or an average is said to be one.
    const isCount = /^(?:events|rules seen|distinct values)\b/.test(measured.field);
    if (isCount) {
      quote(measured.value);
      say(` ${measured.field} (`);
    } else {
      say(`${measured.field} is `);
      quote(measured.value);
      say(' (');
    }
    quote(measured.pattern);
    say(')');
  }
  group.forEach(({ field, value }, index) => {
    say(index === 0 ? ` with the same ${field} ` : ` and ${field} `);
    quote(value);
  });
  say(times(count));
  return capitalised(parts);
}

function times(count: number): string {
  return count === 1 ? ', once.' : `, ${formatCount(count)} times.`;
}

function reasonOfEvent(alert: AlertDetailWire): readonly ReasonPart[] {
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
  say(times(alert.count));
  return capitalised(parts);
}

function capitalised(parts: readonly ReasonPart[]): readonly ReasonPart[] {
  const [first, ...rest] = parts;
  if (first?.kind !== 'text') return parts;
  return [{ kind: 'text', text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
}
