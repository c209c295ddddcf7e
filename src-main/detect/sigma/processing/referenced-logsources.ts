import type { LogSource } from '#shared/model/event.ts';
import type { ParsedCorrelation } from '../document/correlation.ts';
import { RuleDirectory } from '../document/rule-directory.ts';
import type { ParsedRule } from '../document/rule.ts';

/** Finds the logsources of all rules that a correlation uses, through other correlations too. */
export function referencedLogsources(
  rules: readonly ParsedRule[],
  correlations: readonly ParsedCorrelation[],
): (correlation: ParsedCorrelation) => readonly LogSource[] {
  const directory = new RuleDirectory<ParsedRule | ParsedCorrelation>([...rules, ...correlations]);
  return (correlation) => {
    const seen = new Set<ParsedRule | ParsedCorrelation>([correlation]);
    // Grows while it is walked; each document is added once, so that circles end.
    for (const document of seen) {
      if (!('groupBy' in document)) continue;
      for (const { text } of document.rules) {
        const found = directory.find(text);
        if (found.kind === 'found') seen.add(found.document);
      }
    }
    return [...seen].flatMap((document) => ('groupBy' in document ? [] : [document.logsource]));
  };
}
