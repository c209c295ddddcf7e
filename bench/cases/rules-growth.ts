import { compileRules } from '../../src-main/detect/sigma/compile-rules.ts';
import { loadRules } from '../../src-main/detect/sigma/document/load.ts';
import type { DetectionItem, ParsedRule } from '../../src-main/detect/sigma/document/rule.ts';
import { activeRuleFolders, eventsIn, otrfTexts, SIGMA_ARCHIVE } from '../corpus.ts';
import { hasData, report, rounded, unpack } from '../kit.ts';
import { detectAll, paceOf } from '../pace.ts';

const SIZES = [100, 1000, 3780, 10_000];
/** Rounds over all sizes in turn, so that the machine's changes of pace meet each of them. */
const ROUNDS = 5;

/** Events per second by number of rules, on the OTRF recordings: the curve should be nearly flat. */
export async function run(): Promise<void> {
  if (!hasData('rules-growth')) return;
  const { rules } = loadRules(activeRuleFolders(unpack(SIGMA_ARCHIVE)));
  const events = (await otrfTexts()).flatMap(eventsIn);
  const engines = SIZES.map((size) => compileRules({ rules: ruleSet(rules, size) }, { anyLogsource: false }));
  const rounds = Array.from({ length: ROUNDS }, () =>
    engines.map((engine) => paceOf(events.length, () => void detectAll(engine, events), 1)),
  );
  for (const [index, engine] of engines.entries()) {
    const paces = rounds.flatMap((round) => round[index] ?? []);
    report('rules-growth', `${engine.ruleIds.length} rules`, {
      rules: engine.ruleIds.length,
      events_per_s: Math.max(...paces.map((pace) => pace.events_per_s)),
      cpu_us: Math.min(...paces.map((pace) => pace.cpu_us)),
      index_mb: rounded(engine.stats().indexBytes / 2 ** 20),
    });
  }
}

/** Fewer rules: evenly picked from all. More: copies, each generation with literals of its own. */
function ruleSet(rules: readonly ParsedRule[], size: number): readonly ParsedRule[] {
  if (size <= rules.length) {
    return Array.from(
      { length: size },
      (_, index) => rules[Math.floor((index * rules.length) / size)],
    ).filter((rule) => rule !== undefined);
  }
  const copies = Array.from({ length: size - rules.length }, (_, index): ParsedRule | undefined => {
    const original = rules[index % rules.length];
    return original && varied(original, 1 + Math.floor(index / rules.length));
  });
  return [...rules, ...copies.filter((rule) => rule !== undefined)];
}

/** The rule with other texts where it searches in texts; programs and event numbers stay those of the world. */
function varied(rule: ParsedRule, generation: number): ParsedRule {
  const item = (one: DetectionItem): DetectionItem =>
    one.modifiers.includes('contains')
      ? { ...one, values: one.values.map((value) => shifted(value, generation)) }
      : one;
  return {
    ...rule,
    id: `${rule.id}-${generation}`,
    selections: rule.selections.map((selection) => ({
      ...selection,
      alternatives: selection.alternatives.map((items) => items.map(item)),
    })),
  };
}

/** Letters moved on in the alphabet: other words of the same length, wildcards and escapes where they were. */
function shifted<Value>(value: Value, by: number): Value | string {
  if (typeof value !== 'string') return value;
  return value.replace(/[a-z]/gi, (letter) => {
    const first = letter < 'a' ? 65 : 97;
    return String.fromCharCode(first + ((letter.charCodeAt(0) - first + by) % 26));
  });
}
