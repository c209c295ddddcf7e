import type { Group } from './group.ts';

/** A group with its place in the order of use. */
export interface GroupSlot<G extends Group = Group> {
  readonly key: string;
  readonly group: G;
  /** The correlation's time when an event of the group last came. */
  touchedTs: number;
  older: GroupSlot<G> | null;
  newer: GroupSlot<G> | null;
}

/**
 * Groups by key, in the order of their last event: a linked list, because taking a key out of a Map and putting it
 * in again for every event costs as much as all the rest.
 */
export class GroupTable<G extends Group> {
  readonly #slots = new Map<string, GroupSlot<G>>();
  #oldest: GroupSlot<G> | null = null;
  #newest: GroupSlot<G> | null = null;

  get size(): number {
    return this.#slots.size;
  }

  /** The group that was silent longest. */
  get oldest(): GroupSlot<G> | null {
    return this.#oldest;
  }

  get(key: string): GroupSlot<G> | undefined {
    return this.#slots.get(key);
  }

  add(key: string, group: G, touchedTs: number): GroupSlot<G> {
    const slot: GroupSlot<G> = { key, group, touchedTs, older: null, newer: null };
    this.#slots.set(key, slot);
    this.#append(slot);
    return slot;
  }

  touch(slot: GroupSlot<G>, touchedTs: number): void {
    slot.touchedTs = touchedTs;
    if (slot === this.#newest) return;
    this.#unlink(slot);
    this.#append(slot);
  }

  delete(slot: GroupSlot<G>): void {
    this.#slots.delete(slot.key);
    this.#unlink(slot);
  }

  clear(): void {
    this.#slots.clear();
    this.#oldest = this.#newest = null;
  }

  /** From the one that was silent longest to the latest. */
  *[Symbol.iterator](): Iterator<GroupSlot<G>> {
    for (let slot = this.#oldest; slot !== null; slot = slot.newer) yield slot;
  }

  #append(slot: GroupSlot<G>): void {
    slot.older = this.#newest;
    slot.newer = null;
    if (this.#newest === null) this.#oldest = slot;
    else this.#newest.newer = slot;
    this.#newest = slot;
  }

  #unlink(slot: GroupSlot<G>): void {
    if (slot.older === null) this.#oldest = slot.newer;
    else slot.older.newer = slot.newer;
    if (slot.newer === null) this.#newest = slot.older;
    else slot.newer.older = slot.older;
    slot.older = slot.newer = null;
  }
}
