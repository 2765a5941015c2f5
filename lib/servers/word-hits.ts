/** A page of prose has some hundreds. */
const mostHits = 20_000;

/** Occurrences of patterns: a hostile text has hundreds of thousands, so they are numbers, not objects. */
export class WordHits {
  #values = new Int32Array(96);
  count = 0;

  push(pattern: number, first: number, last: number): void {
    if (this.count === mostHits) return;
    const at = this.count * 3;
    if (at + 3 > this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[at] = pattern;
    this.#values[at + 1] = first;
    this.#values[at + 2] = last;
    this.count += 1;
  }

  pattern = (hit: number): number => this.#values[hit * 3] ?? 0;
  /** First and last word of the occurrence. */
  first = (hit: number): number => this.#values[hit * 3 + 1] ?? 0;
  last = (hit: number): number => this.#values[hit * 3 + 2] ?? 0;
}
