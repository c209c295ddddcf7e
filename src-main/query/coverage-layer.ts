import {
  LAYER_DOMAIN,
  LAYER_VERSION,
  NAVIGATOR_VERSION,
  type LayerTechnique,
  type NavigatorLayer,
} from '#shared/attack/navigator-layer.ts';
import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import { isoTime } from '#shared/wire/time.ts';
import type { RuleFires } from '../store/interface/reader.ts';
import { rulesByCell, type MappedRule } from './rule-mapping.ts';

/** What a layer says of itself besides its techniques. */
export interface LayerHeading {
  readonly name: string;
  readonly description: string;
  /** "rules", "import", ...: where the numbers come from, for whoever opens the file later. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Lowest and highest colour: one hue, readable on the dark and the light theme of the Navigator, where white breaks
 * the dark one (attack-navigator issue 372) and red to green says nothing to many readers (issue 701).
 */
const GRADIENT = ['#8fd3cb', '#0b5f58'];
const MIDDLE_COLOR = '#4d9992';

/** Titles that a comment lists. A tooltip of more lines leaves the screen. */
const COMMENT_TITLES = 20;

/** Layer of the rules: the score is how many are mapped; a technique whose rules are all off is disabled. */
export function layerOfRules(
  catalogue: AttackCatalogue,
  rules: readonly MappedRule[],
  fires: readonly RuleFires[] | null,
  heading: LayerHeading,
): NavigatorLayer {
  const lastFired = new Map((fires ?? []).map((one) => [one.ruleId, one.lastFired]));
  const techniques = techniquesOf(catalogue, rules, (mapped) => {
    const enabled = mapped.filter((rule) => rule.enabled).length;
    const last = Math.max(...mapped.map((rule) => lastFired.get(rule.id) ?? -Infinity));
    return {
      score: mapped.length,
      enabled: enabled > 0,
      comment: titleList(mapped.map((rule) => rule.title)),
      metadata: [
        { name: 'enabled', value: String(enabled) },
        { name: 'total', value: String(mapped.length) },
        // Nobody knows whether rules in a folder have ever fired.
        ...(fires === null ? [] : [{ name: 'last_fired', value: timeOrNever(last) }]),
      ],
    };
  });
  return layerOf(catalogue, techniques, heading, 'rule');
}

/** Layer of what the rules found: the score is how often they fired. Fires of rules that are gone are left out. */
export function layerOfDetections(
  catalogue: AttackCatalogue,
  rules: readonly MappedRule[],
  fires: readonly RuleFires[],
  heading: LayerHeading,
): NavigatorLayer {
  const firesOf = new Map(fires.map((one) => [one.ruleId, one]));
  const fired = rules.filter((rule) => firesOf.has(rule.id));
  const techniques = techniquesOf(catalogue, fired, (mapped) => {
    const own = mapped
      .map((rule) => ({ title: rule.title, count: 0, lastFired: 0, ...firesOf.get(rule.id) }))
      .sort((left, right) => right.count - left.count);
    return {
      score: own.reduce((sum, { count }) => sum + count, 0),
      enabled: true,
      comment: titleList(own.map(({ title, count }) => `${title} (${String(count)})`)),
      metadata: [
        { name: 'rules_fired', value: String(own.length) },
        { name: 'last_fired', value: timeOrNever(Math.max(...own.map((one) => one.lastFired))) },
      ],
    };
  });
  return layerOf(catalogue, techniques, heading, 'detection');
}

type CellValues = Pick<LayerTechnique, 'score' | 'enabled' | 'comment' | 'metadata'>;

function techniquesOf(
  catalogue: AttackCatalogue,
  rules: readonly MappedRule[],
  valuesOf: (mapped: readonly MappedRule[]) => CellValues,
): LayerTechnique[] {
  const mapping = rulesByCell(catalogue, rules);
  return catalogue.techniques.flatMap(({ id, tactics }) =>
    tactics.flatMap((tactic) => {
      const mapped = mapping.rulesOf(tactic, id);
      if (mapped.length === 0) return [];
      const links = [{ label: 'ATT&CK', url: techniqueUrl(id) }];
      return [{ techniqueID: id, tactic, ...valuesOf(mapped), links, showSubtechniques: false }];
    }),
  );
}

function layerOf(
  catalogue: AttackCatalogue,
  techniques: readonly LayerTechnique[],
  { name, description, metadata }: LayerHeading,
  unit: string,
): NavigatorLayer {
  // Above the lowest score even when every technique has the same one: the format demands it.
  const highest = techniques.reduce((max, { score }) => Math.max(max, score), 2);
  return {
    name,
    versions: { attack: catalogue.version, navigator: NAVIGATOR_VERSION, layer: LAYER_VERSION },
    domain: LAYER_DOMAIN,
    description,
    sorting: 0,
    layout: {
      layout: 'side',
      showID: true,
      showName: true,
      showAggregateScores: true,
      countUnscored: false,
      aggregateFunction: 'sum',
      expandedSubtechniques: 'none',
    },
    hideDisabled: false,
    techniques: [...techniques],
    gradient: { colors: [...GRADIENT], minValue: 1, maxValue: highest },
    legendItems: legend(highest, unit),
    metadata: Object.entries(metadata).map(([key, value]) => ({ name: key, value })),
  };
}

function legend(highest: number, unit: string): NavigatorLayer['legendItems'] {
  const [low = '', high = ''] = GRADIENT;
  const middle = Math.round((1 + highest) / 2);
  return [
    { label: `1 ${unit}`, color: low },
    ...(middle > 1 && middle < highest ? [{ label: `${String(middle)} ${unit}s`, color: MIDDLE_COLOR }] : []),
    { label: `${String(highest)} ${unit}s`, color: high },
  ];
}

function titleList(titles: readonly string[]): string {
  const shown = titles.slice(0, COMMENT_TITLES);
  const more = titles.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${String(more)} more`] : [])].join('\n');
}

function timeOrNever(time: number): string {
  return Number.isFinite(time) ? isoTime(time) : 'never';
}

function techniqueUrl(id: string): string {
  return `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`;
}
