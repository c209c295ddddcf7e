import type { Detection } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import type { Level } from '#shared/model/severity.ts';
import type { RuleProblem } from '../../pipeline/commands.ts';
import type { Detector } from '../../pipeline/detecting.ts';
import type { CompiledRule } from './compile-rule.ts';
import { dedupKeyOf } from './dedup-key.ts';
import { EventView, type FieldSlots } from './event-view.ts';
import { Evaluator, type Check } from './evaluator.ts';
import { explainSelections, matchedSelections, type RuleExplanation } from './explain.ts';
import type { OnWake } from './index/rule-index.ts';
import type { ItemPool } from './item-pool.ts';
import { acceptsLogsource } from './logsource.ts';
import { whyUnmatchable, type SeenLogsource, type UnmatchableRule } from './occurrence.ts';
import { groupRules, type RuleGroup } from './rule-group.ts';
import { Router } from './router.ts';

/** What the engine is made of, for the report and for figures. */
export interface EngineStats {
  readonly rules: number;
  /** Distinct questions that the rules ask. */
  readonly items: number;
  readonly fields: number;
  /** Bytes of the literal tables built so far, the engine's largest part. */
  readonly indexBytes: number;
  /** Rules looked at and rules that matched since the start: how well the index chooses. */
  readonly rulesWoken: number;
  readonly rulesMatched: number;
}

/** All Sigma rules, ready to run. Made by `compileRules`. */
export interface SigmaEngine extends Detector {
  /** Rules held, and those that could not be compiled, with place and reason. */
  readonly ruleIds: readonly string[];
  readonly problems: readonly RuleProblem[];
  /** False when there is no such rule. A disabled rule is not run; the engine stays as it is. */
  setEnabled(ruleId: string, enabled: boolean): boolean;
  /** Level that the rule's detections carry instead of its own; null for its own. */
  setLevel(ruleId: string, level: Level | null): boolean;
  /** Why a rule matches an event, or why not; null when there is no such rule. */
  explain(ruleId: string, event: LogEvent): RuleExplanation | null;
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
  readonly problems: readonly RuleProblem[];
  readonly anyLogsource: boolean;
}

/** Puts the parts together. */
export function createEngine(parts: EngineParts): SigmaEngine {
  return new IndexedEngine(parts);
}

class IndexedEngine implements SigmaEngine {
  readonly name = 'sigma';
  readonly ruleIds: readonly string[];
  readonly problems: readonly RuleProblem[];
  readonly #parts: EngineParts;
  readonly #view: EventView;
  readonly #evaluator: Evaluator;
  /** By rule; made when the rule is first woken. */
  readonly #checks: (Check | undefined)[];
  readonly #groups: readonly RuleGroup[];
  readonly #router: Router;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #disabled: Uint8Array;
  readonly #levels: Level[];
  /** Event number for which a rule was last woken. */
  readonly #wokenFor: Float64Array;
  readonly #woken: number[] = [];
  readonly #onWake: OnWake;
  #event = 0;
  #rulesWoken = 0;
  #rulesMatched = 0;

  constructor(parts: EngineParts) {
    const { rules, pool, slots } = parts;
    this.#parts = parts;
    this.problems = parts.problems;
    this.ruleIds = rules.map(({ rule }) => rule.id);
    this.#numbers = new Map(this.ruleIds.map((id, number) => [id, number]));
    this.#view = new EventView(slots);
    this.#evaluator = new Evaluator(pool, this.#view);
    this.#checks = new Array<Check | undefined>(rules.length).fill(undefined);
    this.#levels = rules.map(({ rule }) => rule.level);
    this.#disabled = new Uint8Array(rules.length);
    this.#wokenFor = new Float64Array(rules.length);
    this.#groups = groupRules(rules, parts.anyLogsource);
    this.#router = new Router({ groups: this.#groups, slots, anyLogsource: parts.anyLogsource });
    this.#onWake = (woken) => {
      for (let index = 0; index < woken.length; index++) this.#wake(woken[index] ?? 0);
      return false;
    };
  }

  detect(events: readonly LogEvent[]): readonly Detection[] {
    const detections: Detection[] = [];
    for (const event of events) this.#detectIn(event, detections);
    return detections;
  }

  setEnabled(ruleId: string, enabled: boolean): boolean {
    const number = this.#numbers.get(ruleId);
    if (number === undefined) return false;
    this.#disabled[number] = enabled ? 0 : 1;
    return true;
  }

  setLevel(ruleId: string, level: Level | null): boolean {
    const number = this.#numbers.get(ruleId);
    const compiled = number === undefined ? undefined : this.#parts.rules[number];
    if (number === undefined || compiled === undefined) return false;
    this.#levels[number] = level ?? compiled.rule.level;
    return true;
  }

  explain(ruleId: string, event: LogEvent): RuleExplanation | null {
    const compiled = this.#parts.rules[this.#numbers.get(ruleId) ?? -1];
    if (compiled === undefined) return null;
    const { rule } = compiled;
    const logsourceAccepted = this.#parts.anyLogsource || acceptsLogsource(rule.logsource, event.logsource);
    this.#turnTo(event);
    return {
      ruleId,
      matched: logsourceAccepted && this.#evaluator.fulfils(compiled.requirement),
      logsourceAccepted,
      conditions: rule.conditions.map(({ text }) => text),
      selections: explainSelections(compiled, { view: this.#view, evaluator: this.#evaluator }),
    };
  }

  seen(): readonly SeenLogsource[] {
    return this.#router.occurrences.map((occurrence) => occurrence.seen());
  }

  unmatchable(): readonly UnmatchableRule[] {
    const seen = this.#router.occurrences;
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
      indexBytes: this.#groups.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      rulesWoken: this.#rulesWoken,
      rulesMatched: this.#rulesMatched,
    };
  }

  #turnTo(event: LogEvent): void {
    this.#event = this.#view.look(event);
    this.#evaluator.turnTo(this.#event);
  }

  #detectIn(event: LogEvent, detections: Detection[]): void {
    const { groups, occurrence } = this.#router.routeOf(event.logsource);
    this.#turnTo(event);
    occurrence.note(event);
    this.#woken.length = 0;
    for (const group of groups) group.search(this.#view, this.#onWake);
    this.#rulesWoken += this.#woken.length;
    const matched = this.#woken.filter((number) => this.#holds(number));
    if (matched.length === 0) return;
    this.#rulesMatched += matched.length;
    for (const number of matched.sort((left, right) => left - right)) {
      const compiled = this.#parts.rules[number];
      if (compiled !== undefined) detections.push(this.#detection(compiled, number, event));
    }
  }

  #wake(number: number): void {
    if (this.#wokenFor[number] === this.#event || this.#disabled[number] === 1) return;
    this.#wokenFor[number] = this.#event;
    this.#woken.push(number);
  }

  #holds(number: number): boolean {
    const known = this.#checks[number];
    if (known !== undefined) return known();
    const compiled = this.#parts.rules[number];
    if (compiled === undefined) return false;
    const check = this.#evaluator.checkOf(compiled.requirement);
    this.#checks[number] = check;
    return check();
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
      matched: matchedSelections(compiled, { view: this.#view, evaluator: this.#evaluator }),
    };
  }
}
