/** All word sequences looked for, in one Aho-Corasick automaton: one pass over a text finds every occurrence. */
export class Automaton {
  readonly #edges = new Map<number, number>();
  readonly #fail: number[] = [0];
  readonly #outputs: (number[] | undefined)[] = [undefined];
  /** Nearest node on the failure path that has outputs. */
  readonly #nextOutput: number[] = [0];
  readonly #lengths: number[] = [];
  readonly #width: number;
  #root = new Int32Array(0);

  constructor(patterns: readonly (readonly number[])[], vocabularySize: number) {
    this.#width = vocabularySize;
    const children: [token: number, node: number][][] = [[]];
    patterns.forEach((pattern, number) => {
      let node = 0;
      for (const token of pattern) {
        const key = node * this.#width + token;
        let next = this.#edges.get(key);
        if (next === undefined) {
          next = this.#fail.push(0) - 1;
          this.#outputs.push(undefined);
          this.#nextOutput.push(0);
          children.push([]);
          children[node]?.push([token, next]);
          this.#edges.set(key, next);
        }
        node = next;
      }
      const outputs = this.#outputs[node];
      if (outputs) outputs.push(number);
      else this.#outputs[node] = [number];
      this.#lengths.push(pattern.length);
    });
    this.#root = new Int32Array(vocabularySize);
    const queue: number[] = [];
    for (const [token, node] of children[0] ?? []) {
      this.#root[token] = node;
      queue.push(node);
    }
    for (let at = 0; at < queue.length; at += 1) {
      const node = queue[at] ?? 0;
      for (const [token, child] of children[node] ?? []) {
        const fallback = this.#step(this.#fail[node] ?? 0, token);
        this.#fail[child] = fallback;
        this.#nextOutput[child] = this.#outputs[fallback] ? fallback : (this.#nextOutput[fallback] ?? 0);
        queue.push(child);
      }
    }
  }

  /** Calls back with the pattern's number and the first and last word of each occurrence, in order of the last word. */
  scan(tokens: Int32Array, count: number, found: (pattern: number, first: number, last: number) => void): void {
    let node = 0;
    for (let at = 0; at < count; at += 1) {
      const token = tokens[at] ?? 0;
      if (token === 0) {
        node = 0;
        continue;
      }
      node = this.#step(node, token);
      for (
        let hit = this.#outputs[node] ? node : (this.#nextOutput[node] ?? 0);
        hit > 0;
        hit = this.#nextOutput[hit] ?? 0
      ) {
        for (const pattern of this.#outputs[hit] ?? []) found(pattern, at - (this.#lengths[pattern] ?? 1) + 1, at);
      }
    }
  }

  #step(from: number, token: number): number {
    let node = from;
    while (node > 0) {
      const next = this.#edges.get(node * this.#width + token);
      if (next !== undefined) return next;
      node = this.#fail[node] ?? 0;
    }
    return this.#root[token] ?? 0;
  }
}
