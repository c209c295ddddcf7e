import { entriesOf, LongestChain, OrderedChain, type ChainLink } from './chains.ts';
import type { Alternative } from './condition.ts';
import type { GroupEntry } from './group.ts';
import type { TemporalShape } from './shape.ts';

/** What made a temporal condition true. */
export interface TemporalMatch {
  /** Rules seen. */
  readonly measure: number;
  /** One entry of each. */
  readonly entries: readonly GroupEntry[];
}

/**
 * When each input was last seen and, for ordered types, the youngest chains. That is all that a window can be
 * asked for, so no event has to be kept for longer than others may still come before it.
 */
export class TemporalState {
  readonly lastSeen: (GroupEntry | null)[];
  /** One for each alternative of an ordered type. */
  readonly ordered: readonly OrderedChain[];
  readonly longest: LongestChain | null;
  readonly #shape: TemporalShape;

  constructor(shape: TemporalShape) {
    const { inputs, isOrdered, alternatives } = shape;
    this.#shape = shape;
    this.lastSeen = new Array<GroupEntry | null>(inputs).fill(null);
    this.ordered = isOrdered ? (alternatives ?? []).map(({ required }) => new OrderedChain(required)) : [];
    this.longest = isOrdered && alternatives === null ? new LongestChain(inputs) : null;
  }

  copyFrom(other: TemporalState): void {
    for (const [input, entry] of other.lastSeen.entries()) this.lastSeen[input] = entry;
    for (const [at, chain] of other.ordered.entries()) this.ordered[at]?.copyFrom(chain);
    if (other.longest !== null) this.longest?.copyFrom(other.longest);
  }

  apply(entry: GroupEntry): void {
    this.lastSeen[entry.input] = entry;
    for (const chain of this.ordered) chain.apply(entry);
    this.longest?.apply(entry);
  }

  /** What fulfils the condition in a window that begins at `oldest`; null when nothing does. */
  matchSince(oldest: number): TemporalMatch | null {
    const { alternatives, holds } = this.#shape;
    if (alternatives === null) {
      const seen = this.longest === null ? this.#seenSince(oldest) : chainSince(this.longest, oldest);
      return holds(seen.length) ? { measure: seen.length, entries: seen } : null;
    }
    for (const [at, alternative] of alternatives.entries()) {
      if (alternative.absent.some((input) => this.#isSeen(input, oldest))) continue;
      const entries = this.#fulfilled(at, alternative, oldest);
      if (entries !== null) return { measure: entries.length, entries };
    }
    return null;
  }

  #fulfilled(at: number, { required }: Alternative, oldest: number): readonly GroupEntry[] | null {
    const chain = this.ordered[at];
    if (chain !== undefined) return isSince(chain.complete, oldest) ? entriesOf(chain.complete) : null;
    for (const input of required) if (!this.#isSeen(input, oldest)) return null;
    return required.flatMap((input) => this.lastSeen[input] ?? []);
  }

  #isSeen(input: number, oldest: number): boolean {
    const entry = this.lastSeen[input];
    return entry !== null && entry !== undefined && entry.eventTs >= oldest;
  }

  #seenSince(oldest: number): readonly GroupEntry[] {
    return this.lastSeen.filter((entry) => entry !== null).filter(({ eventTs }) => eventTs >= oldest);
  }
}

function chainSince(chain: LongestChain, oldest: number): readonly GroupEntry[] {
  const found = chain.longest(oldest);
  return found === null ? [] : entriesOf(found.link);
}

function isSince(link: ChainLink | null, oldest: number): link is ChainLink {
  return link !== null && link.startTs >= oldest;
}
