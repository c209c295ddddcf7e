import type { Detection } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import type { Level } from '#shared/model/severity.ts';
import type { QueryNode } from '#shared/query/ast.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';
import type { Detector } from '../../pipeline/detecting.ts';
import type { CompiledRule } from './compile/compile-rule.ts';
import type { FieldSlots } from './compile/field-slots.ts';
import type { ItemPool } from './compile/item-pool.ts';
import type { BaseMatch, CorrelationPlans } from './correlation/plan.ts';
import { RuleCorrelations, type CorrelationStatus } from './correlation/rule-correlations.ts';
import { dedupKeyOf } from './dedup-key.ts';
import { explainRule, type EngineExplanation } from './explain/explain-rule.ts';
import { matchedSelections } from './match/explain.ts';
import {
  whyUnmatchable,
  type SeenFields,
  type SeenLogsource,
  type UnmatchableRule,
} from './match/occurrence.ts';
import { prefilterOf } from './match/prefilter.ts';
import { RuleMatcher, type MatcherStats } from './match/rule-matcher.ts';

/** What the engine is made of, for the report and for figures. */
export interface EngineStats extends MatcherStats {
  readonly rules: number;
  /** Distinct questions that the rules ask. */
  readonly items: number;
  readonly fields: number;
}

/** What `collect` finds: detections of single events, and what correlations need to know. */
export interface CollectedMatches {
  readonly detections: readonly Detection[];
  readonly matches: readonly BaseMatch[];
}

/** All Sigma rules, ready to run. Made by `compileRules`. */
export interface SigmaEngine extends Detector {
  /** Rules held, and those that could not be compiled, with place and reason. */
  readonly ruleIds: readonly string[];
  /** Filters that were understood, disabled ones too. */
  readonly filterIds: readonly string[];
  readonly problems: readonly RuleProblem[];
  /**
   * Detections of events that are not live. What correlations look at is handed out, to be given to `correlate`
   * when it is complete and in time order.
   */
  collect(events: readonly LogEvent[]): CollectedMatches;
  /** What correlations find in collected matches. */
  correlate(matches: readonly BaseMatch[]): readonly Detection[];
  /** What correlations find in events that waited for others before them: nothing more comes for now. */
  flush(): readonly Detection[];
  /** What correlations know so far, for another engine or a restart. */
  exportState(): Uint8Array;
  /** Goes on from it, as far as correlations mean the same. False when the bytes cannot be used. */
  restoreState(state: Uint8Array): boolean;
  /** What each correlation holds, and what it could not use. */
  correlationStatus(): readonly CorrelationStatus[];
  /** False when there is no such rule. A disabled rule is not run; the engine stays as it is. */
  setEnabled(ruleId: string, enabled: boolean): boolean;
  /** Level that the rule's detections carry instead of its own; null for its own. */
  setLevel(ruleId: string, level: Level | null): boolean;
  /** Why a rule matches an event, or why not; null when there is no such rule. */
  explain(ruleId: string, event: LogEvent): EngineExplanation | null;
  /** What every event that some rule matches fulfils, for a store to search by; null when that is anything. */
  prefilter(): QueryNode | null;
  /** Logsources and rule fields that occurred in the events so far. */
  seen(): readonly SeenLogsource[];
  /** Rules that nothing seen so far could have matched, here or, as far as that is known, elsewhere. */
  unmatchable(elsewhere?: readonly SeenFields[]): readonly UnmatchableRule[];
  stats(): EngineStats;
}

export interface EngineParts {
  /** In order of rule id, which is the order of their detections. */
  readonly rules: readonly CompiledRule[];
  readonly correlations: CorrelationPlans;
  readonly pool: ItemPool;
  readonly slots: FieldSlots;
  readonly filterIds: readonly string[];
  readonly problems: readonly RuleProblem[];
  readonly anyLogsource: boolean;
}

/** Puts the parts together. */
export function createEngine(parts: EngineParts): SigmaEngine {
  return new RuleEngine(parts);
}

class RuleEngine implements SigmaEngine {
  readonly name = 'sigma';
  readonly ruleIds: readonly string[];
  readonly filterIds: readonly string[];
  readonly problems: readonly RuleProblem[];
  readonly #parts: EngineParts;
  readonly #matcher: RuleMatcher;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #levels: Level[];
  readonly #correlations: RuleCorrelations;
  /** By rule: its place among those that correlations refer to. */
  readonly #basePlaces: readonly (number | undefined)[];

  constructor(parts: EngineParts) {
    const { rules, pool, slots, anyLogsource } = parts;
    const ids = rules.map(({ rule }) => rule.id);
    this.#parts = parts;
    this.problems = parts.problems;
    this.filterIds = parts.filterIds;
    this.#correlations = new RuleCorrelations(parts.correlations);
    this.#basePlaces = ids.map((id) => this.#correlations.placeOf(id));
    this.ruleIds = [...ids, ...this.#correlations.ids];
    this.#numbers = new Map(ids.map((id, number) => [id, number]));
    this.#levels = rules.map(({ rule }) => rule.level);
    this.#matcher = new RuleMatcher({ rules, items: pool.items.length, slots, anyLogsource });
  }

  detect(events: readonly LogEvent[]): readonly Detection[] {
    const matches: BaseMatch[] = [];
    const detections = this.#match(events, believableTime, matches);
    let nowTs = -Infinity;
    for (const event of events) nowTs = Math.max(nowTs, believableTime(event));
    const found = this.#correlations.push(matches, nowTs);
    return found.length === 0 ? detections : [...detections, ...found];
  }

  collect(events: readonly LogEvent[]): CollectedMatches {
    const matches: BaseMatch[] = [];
    return { detections: this.#match(events, ({ eventTs }) => eventTs, matches), matches };
  }

  correlate(matches: readonly BaseMatch[]): readonly Detection[] {
    return this.#correlations.over(matches);
  }

  flush(): readonly Detection[] {
    return this.#correlations.flush();
  }

  exportState(): Uint8Array {
    return this.#correlations.engine.exportState();
  }

  restoreState(state: Uint8Array): boolean {
    return this.#correlations.engine.restoreState(state) !== null;
  }

  correlationStatus(): readonly CorrelationStatus[] {
    return this.#correlations.status();
  }

  setEnabled(ruleId: string, enabled: boolean): boolean {
    const number = this.#numbers.get(ruleId);
    if (number === undefined) return this.#correlations.setEnabled(ruleId, enabled);
    this.#matcher.setEnabled(number, enabled);
    return true;
  }

  setLevel(ruleId: string, level: Level | null): boolean {
    const number = this.#numbers.get(ruleId);
    const compiled = number === undefined ? undefined : this.#parts.rules[number];
    if (number === undefined || compiled === undefined) return this.#correlations.setLevel(ruleId, level);
    this.#levels[number] = level ?? compiled.rule.level;
    return true;
  }

  explain(ruleId: string, event: LogEvent): EngineExplanation | null {
    const compiled = this.#parts.rules[this.#numbers.get(ruleId) ?? -1];
    if (compiled === undefined) return null;
    this.#matcher.turnTo(event);
    const { evidence } = this.#matcher;
    const { pool, anyLogsource } = this.#parts;
    return explainRule({ compiled, pool, evidence, event, anyLogsource });
  }

  prefilter(): QueryNode | null {
    return prefilterOf(this.#parts.rules, this.#parts.anyLogsource);
  }

  seen(): readonly SeenLogsource[] {
    return this.#matcher.occurrences.map((occurrence) => occurrence.seen());
  }

  unmatchable(elsewhere: readonly SeenFields[] = []): readonly UnmatchableRule[] {
    const seen = [...this.#matcher.occurrences, ...elsewhere];
    return this.#parts.rules.flatMap((compiled) => {
      const reason = whyUnmatchable(compiled, seen, this.#parts.anyLogsource);
      return reason === null ? [] : [{ ruleId: compiled.rule.id, reason }];
    });
  }

  stats(): EngineStats {
    return {
      rules: this.#parts.rules.length,
      items: this.#parts.pool.items.length,
      fields: this.#parts.slots.size - 1,
      ...this.#matcher.stats(),
    };
  }

  /** Detections of rules; matches of those that correlations refer to are added to `matches`. */
  #match(
    events: readonly LogEvent[],
    timeOf: (event: LogEvent) => number,
    matches: BaseMatch[],
  ): readonly Detection[] {
    const detections: Detection[] = [];
    for (const event of events) {
      for (const number of this.#matcher.matches(event)) {
        const compiled = this.#parts.rules[number];
        const place = this.#basePlaces[number];
        if (place !== undefined) matches.push(this.#correlations.matchOf(place, event, timeOf(event)));
        if (compiled === undefined || (place !== undefined && this.#correlations.isSilenced(place))) continue;
        detections.push(this.#detection(compiled, number, event));
      }
    }
    return detections;
  }

  #detection(compiled: CompiledRule, number: number, event: LogEvent): Detection {
    const { rule } = compiled;
    return {
      ruleId: rule.id,
      ruleKind: 'sigma',
      title: rule.title,
      level: this.#levels[number] ?? rule.level,
      author: rule.author,
      tags: rule.tags,
      attack: rule.attack[0] ?? null,
      eventId: event.id,
      eventTs: event.eventTs,
      entities: event.entities,
      dedupKey: dedupKeyOf(rule.id, event),
      matched: matchedSelections(compiled, this.#matcher.evidence),
    };
  }
}

/** Nothing happens after it was received: a clock that is ahead, or a forged time, must not age all that follows. */
function believableTime({ eventTs, observedTs }: LogEvent): number {
  return Math.min(eventTs, observedTs);
}
