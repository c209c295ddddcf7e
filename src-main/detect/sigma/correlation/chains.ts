import type { GroupEntry } from './group.ts';

/** One event of an ordered chain, and the one before it. */
export interface ChainLink {
  readonly entry: GroupEntry;
  readonly before: ChainLink | null;
  /** Time of the chain's first event: the later, the longer the chain stays inside a window. */
  readonly startTs: number;
}

/** The youngest chain that ends at one place, and the one before the event that made it. */
export interface ChainSlot {
  readonly link: ChainLink | null;
  /** One event may match two rules, but it does not come before itself. */
  readonly replaced: ChainLink | null;
}

const EMPTY: ChainSlot = { link: null, replaced: null };

/**
 * Chains of events whose inputs come in a given order. Of each length only the youngest chain is kept: it begins
 * latest, so it is inside every window that any other one is inside of, and no event has to be looked at again.
 */
export class OrderedChain {
  readonly order: readonly number[];
  readonly slots: ChainSlot[];

  constructor(order: readonly number[]) {
    this.order = order;
    this.slots = order.map(() => EMPTY);
  }

  /** The youngest complete chain. */
  get complete(): ChainLink | null {
    return this.slots.at(-1)?.link ?? null;
  }

  copyFrom(other: OrderedChain): void {
    this.restore(other.slots);
  }

  restore(slots: readonly ChainSlot[]): void {
    for (const [place, slot] of slots.entries()) this.slots[place] = slot;
  }

  apply(entry: GroupEntry): void {
    const place = this.order.indexOf(entry.input);
    if (place < 0) return;
    const before = place === 0 ? null : linkBefore(this.slots[place - 1], entry);
    if (place === 0 || before !== null)
      this.slots[place] = withLink(this.slots[place], linkOf(entry, before));
  }
}

/** Chains that may leave rules out: which is the longest whose inputs come in ascending order. */
export class LongestChain {
  /** By length less one, then by input. */
  readonly slots: ChainSlot[][];

  constructor(inputs: number) {
    this.slots = Array.from({ length: inputs }, () => new Array<ChainSlot>(inputs).fill(EMPTY));
  }

  /** The longest chain that begins at `oldest` or later; null when there is none. */
  longest(oldest: number): { readonly length: number; readonly link: ChainLink } | null {
    for (let length = this.slots.length; length > 0; length--) {
      for (const { link } of this.slots[length - 1] ?? []) {
        if (link !== null && link.startTs >= oldest) return { length, link };
      }
    }
    return null;
  }

  copyFrom(other: LongestChain): void {
    this.restore(other.slots);
  }

  restore(slots: readonly (readonly ChainSlot[])[]): void {
    for (const [length, ofLength] of slots.entries()) this.slots[length] = [...ofLength];
  }

  apply(entry: GroupEntry): void {
    for (let length = this.slots.length; length > 0; length--) {
      const before = length === 1 ? null : this.#youngest(length - 1, entry);
      if (length > 1 && before === null) continue;
      const ofLength = this.slots[length - 1];
      if (ofLength !== undefined) {
        ofLength[entry.input] = withLink(ofLength[entry.input], linkOf(entry, before));
      }
    }
  }

  #youngest(length: number, entry: GroupEntry): ChainLink | null {
    let youngest: ChainLink | null = null;
    for (const slot of (this.slots[length - 1] ?? []).slice(0, entry.input)) {
      const link = linkBefore(slot, entry);
      if (link !== null && (youngest === null || link.startTs > youngest.startTs)) youngest = link;
    }
    return youngest;
  }
}

/** Entries of a chain, oldest first. */
export function entriesOf(link: ChainLink): readonly GroupEntry[] {
  const entries: GroupEntry[] = [];
  for (let at: ChainLink | null = link; at !== null; at = at.before) entries.push(at.entry);
  return entries.reverse();
}

function linkOf(entry: GroupEntry, before: ChainLink | null): ChainLink {
  return { entry, before, startTs: before?.startTs ?? entry.eventTs };
}

function linkBefore(slot: ChainSlot | undefined, { eventId }: GroupEntry): ChainLink | null {
  if (slot?.link?.entry.eventId === eventId) return slot.replaced;
  return slot?.link ?? null;
}

function withLink(slot: ChainSlot | undefined, link: ChainLink): ChainSlot {
  const known = slot ?? EMPTY;
  const isSameEvent = known.link?.entry.eventId === link.entry.eventId;
  return { link, replaced: isSameEvent ? known.replaced : known.link };
}
