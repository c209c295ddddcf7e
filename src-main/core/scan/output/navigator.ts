import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import { layerOfDetections } from '../../../query/coverage-layer.ts';
import type { MappedRule } from '../../../query/rule-mapping.ts';
import type { RuleFires } from '../../../store/interface/reader.ts';
import type { ScanMatch } from '../match.ts';
import type { MatchPrinter } from './printer.ts';

const NO_LOGSOURCE = { category: null, product: null, service: null };

/** An ATT&CK Navigator layer of what the rules found: counts while matches come, and prints at the end. */
export function createNavigatorPrinter(catalogue: AttackCatalogue): MatchPrinter {
  const rules = new Map<string, MappedRule>();
  const fires = new Map<string, RuleFires>();
  const add = (match: ScanMatch): void => {
    const { rule_id: id, title, tags } = match;
    const time = Date.parse(match.event_ts);
    const known = fires.get(id);
    if (known === undefined) rules.set(id, mappedRule(id, title, tags));
    fires.set(id, {
      ruleId: id,
      count: (known?.count ?? 0) + 1,
      lastFired: Math.max(known?.lastFired ?? time, time),
    });
  };
  return {
    head: () => '',
    match: (match) => {
      add(match);
      return '';
    },
    tail: () => {
      const layer = layerOfDetections(catalogue, [...rules.values()], [...fires.values()], {
        name: 'Harrier: scan',
        description: 'How often detection rules mapped to a technique fired.',
        metadata: { source: 'scan', rules: String(rules.size) },
      });
      return `${JSON.stringify(layer, null, 1)}\n`;
    },
  };
}

/** A match says of its rule only what the layer needs. */
function mappedRule(id: string, title: string, tags: readonly string[]): MappedRule {
  return {
    id,
    title,
    tags,
    enabled: true,
    status: '',
    origin: 'folder',
    kind: 'sigma',
    logsource: NO_LOGSOURCE,
  };
}
