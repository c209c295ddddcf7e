/** Items by time, earliest first: a binary heap. */
export class TimeQueue<T> {
  readonly #times: number[] = [];
  readonly #items: T[] = [];

  get size(): number {
    return this.#times.length;
  }

  /** Time of the earliest item; infinite when there is none. */
  get earliest(): number {
    return this.#times[0] ?? Infinity;
  }

  push(time: number, item: T): void {
    let at = this.#times.length;
    this.#times.push(time);
    this.#items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#times[parent] ?? 0) <= time) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Takes the earliest item out; undefined when there is none. */
  pop(): T | undefined {
    const first = this.#items[0];
    const lastTime = this.#times.pop();
    const lastItem = this.#items.pop();
    if (lastTime === undefined || lastItem === undefined || this.#times.length === 0) return first;
    this.#times[0] = lastTime;
    this.#items[0] = lastItem;
    this.#sink();
    return first;
  }

  clear(): void {
    this.#times.length = 0;
    this.#items.length = 0;
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (this.#timeAt(left) < this.#timeAt(least)) least = left;
      if (this.#timeAt(right) < this.#timeAt(least)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #timeAt(at: number): number {
    return this.#times[at] ?? Infinity;
  }

  #swap(left: number, right: number): void {
    const time = this.#timeAt(left);
    // Both places are filled: callers compare their times first.
    const item = this.#items[left] as T;
    this.#times[left] = this.#timeAt(right);
    this.#items[left] = this.#items[right] as T;
    this.#times[right] = time;
    this.#items[right] = item;
  }
}
