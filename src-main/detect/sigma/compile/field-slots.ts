/** Numbers the field names that rules read. Slot 0 is the whole record, for keywords. */
export class FieldSlots {
  readonly #slots = new Map<string, number>();
  readonly #names: (string | null)[] = [null];

  get size(): number {
    return this.#names.length;
  }

  /** Slot of a field name; of the whole record when `name` is null. */
  slotOf(name: string | null): number {
    if (name === null) return 0;
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    this.#slots.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }

  /** Name of a slot; null for the whole record. */
  nameOf(slot: number): string | null {
    const name = this.#names[slot];
    if (name === undefined) throw new Error(`There is no field slot ${slot}.`);
    return name;
  }
}
