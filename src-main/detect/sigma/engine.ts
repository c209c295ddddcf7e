import type { Detection } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import type { Level } from '#shared/model/severity.ts';
import type { QueryNode } from '#shared/query/ast.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';
import type { Detector } from '../../pipeline/detecting.ts';
import type { CompiledRule } from './compile/compile-rule.ts';
import type { FieldSlots } from './compile/field-slots.ts';
import type { ItemPool } from './compile/item-pool.ts';
import { dedupKeyOf } from './dedup-key.ts';
import { explainRule, type EngineExplanation } from './explain/explain-rule.ts';
import { matchedSelections } from './match/explain.ts';
import { whyUnmatchable, type SeenLogsource, type UnmatchableRule } from './match/occurrence.ts';
import { prefilterOf } from './match/prefilter.ts';
import { RuleMatcher, type MatcherStats } from './match/rule-matcher.ts';

/** What the engine is made of, for the report and for figures. */
export interface EngineStats extends MatcherStats {
  readonly rules: number;
  /** Distinct questions that the rules ask. */
  readonly items: number;
  readonly fields: number;
}

/** All Sigma rules, ready to run. Made by `compileRules`. */
export interface SigmaEngine extends Detector {
  /** Rules held, and those that could not be compiled, with place and reason. */
  readonly ruleIds: readonly string[];
  /** Filters that were understood, disabled ones too. */
  readonly filterIds: readonly string[];
  readonly problems: readonly RuleProblem[];
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
  /** Rules that nothing seen so far could have matched. */
  unmatchable(): readonly UnmatchableRule[];
  stats(): EngineStats;
}

export interface EngineParts {
  /** In order of rule id, which is the order of their detections. */
  readonly rules: readonly CompiledRule[];
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

  constructor(parts: EngineParts) {
    const { rules, pool, slots, anyLogsource } = parts;
    this.#parts = parts;
    this.problems = parts.problems;
    this.filterIds = parts.filterIds;
    this.ruleIds = rules.map(({ rule }) => rule.id);
    this.#numbers = new Map(this.ruleIds.map((id, number) => [id, number]));
    this.#levels = rules.map(({ rule }) => rule.level);
    this.#matcher = new RuleMatcher({ rules, items: pool.items.length, slots, anyLogsource });
  }

  detect(events: readonly LogEvent[]): readonly Detection[] {
    const detections: Detection[] = [];
    for (const event of events) {
      for (const number of this.#matcher.matches(event)) {
        const compiled = this.#parts.rules[number];
        if (compiled !== undefined) detections.push(this.#detection(compiled, number, event));
      }
    }
    return detections;
  }

  setEnabled(ruleId: string, enabled: boolean): boolean {
    const number = this.#numbers.get(ruleId);
    if (number === undefined) return false;
    this.#matcher.setEnabled(number, enabled);
    return true;
  }

  setLevel(ruleId: string, level: Level | null): boolean {
    const number = this.#numbers.get(ruleId);
    const compiled = number === undefined ? undefined : this.#parts.rules[number];
    if (number === undefined || compiled === undefined) return false;
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

  unmatchable(): readonly UnmatchableRule[] {
    const seen = this.#matcher.occurrences;
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
