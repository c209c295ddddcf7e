/**
 * A sum that numbers enter and leave. Plain addition would drift: what rounding took away when a large number
 * came is missing after it left. Neumaier's compensation keeps it (Zeitschrift für Angewandte Mathematik und
 * Mechanik 54, 1974), and an empty sum starts anew.
 */
export class RunningSum {
  #sum = 0;
  #lost = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get value(): number {
    return this.#sum + this.#lost;
  }

  add(number: number): void {
    this.#count += 1;
    this.#accumulate(number);
  }

  remove(number: number): void {
    this.#count -= 1;
    this.#accumulate(-number);
    if (this.#count === 0) this.#sum = this.#lost = 0;
  }

  #accumulate(number: number): void {
    const sum = this.#sum + number;
    const isLarger = Math.abs(this.#sum) >= Math.abs(number);
    this.#lost += isLarger ? this.#sum - sum + number : number - sum + this.#sum;
    this.#sum = sum;
  }
}
