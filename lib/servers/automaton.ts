/** All word sequences looked for, in one Aho-Corasick automaton: one pass over a text finds every occurrence. */
export class Automaton {
  readonly #edges: EdgeTable;
  readonly #root: Int32Array;
  readonly #fail: Int32Array;
  /** First pattern that ends in a node, or -1; further ones are chained in `#nextPattern`. */
  readonly #pattern: Int32Array;
  readonly #nextPattern: Int32Array;
  /** Nearest node on the failure path in which a pattern ends. */
  readonly #nextOutput: Int32Array;
  readonly #lengths: readonly number[];

  /** `patterns` are sequences of word numbers from 1 to `vocabularySize` - 1; none is empty. */
  constructor(patterns: readonly (readonly number[])[], vocabularySize: number) {
    const most = patterns.reduce((sum, pattern) => sum + pattern.length, 1);
    this.#edges = new EdgeTable(most, vocabularySize);
    this.#root = new Int32Array(vocabularySize);
    this.#fail = new Int32Array(most);
    this.#pattern = new Int32Array(most).fill(-1);
    this.#nextPattern = new Int32Array(patterns.length).fill(-1);
    this.#nextOutput = new Int32Array(most);
    this.#lengths = patterns.map((pattern) => pattern.length);
    this.#linkFailures(this.#insert(patterns));
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
      let output = (this.#pattern[node] ?? -1) >= 0 ? node : (this.#nextOutput[node] ?? 0);
      for (; output > 0; output = this.#nextOutput[output] ?? 0) {
        for (let number = this.#pattern[output] ?? -1; number >= 0; number = this.#nextPattern[number] ?? -1) {
          found(number, at - (this.#lengths[number] ?? 1) + 1, at);
        }
      }
    }
  }

  /** Nodes by depth, each with its parent and the word that leads to it. */
  #insert(patterns: readonly (readonly number[])[]): readonly Node[][] {
    const levels: Node[][] = [];
    let nodes = 1;
    patterns.forEach((pattern, number) => {
      let node = 0;
      pattern.forEach((token, depth) => {
        let next = node === 0 ? (this.#root[token] ?? 0) : this.#edges.get(node, token);
        if (next === 0) {
          next = nodes;
          nodes += 1;
          if (node === 0) this.#root[token] = next;
          else this.#edges.set(node, token, next);
          levels[depth] ??= [];
          levels[depth]?.push([next, node, token]);
        }
        node = next;
      });
      this.#nextPattern[number] = this.#pattern[node] ?? -1;
      this.#pattern[node] = number;
    });
    return levels;
  }

  #linkFailures(levels: readonly Node[][]): void {
    for (const level of levels.slice(1)) {
      for (const [node, parent, token] of level) {
        const fallback = this.#step(this.#fail[parent] ?? 0, token);
        this.#fail[node] = fallback;
        this.#nextOutput[node] = (this.#pattern[fallback] ?? -1) >= 0 ? fallback : (this.#nextOutput[fallback] ?? 0);
      }
    }
  }

  #step(from: number, token: number): number {
    for (let node = from; node > 0; node = this.#fail[node] ?? 0) {
      const next = this.#edges.get(node, token);
      if (next > 0) return next;
    }
    return this.#root[token] ?? 0;
  }
}

type Node = readonly [node: number, parent: number, token: number];

/** Edges below the root, by open addressing: a Map of pairs costs several times as much per lookup. */
class EdgeTable {
  readonly #keys: Int32Array;
  readonly #targets: Int32Array;
  readonly #width: number;

  constructor(most: number, width: number) {
    const size = 2 ** Math.ceil(Math.log2(most * 2 + 2));
    this.#keys = new Int32Array(size);
    this.#targets = new Int32Array(size);
    this.#width = width;
  }

  get(node: number, token: number): number {
    return this.#targets[this.#slot(node * this.#width + token)] ?? 0;
  }

  set(node: number, token: number, target: number): void {
    const key = node * this.#width + token;
    const slot = this.#slot(key);
    this.#keys[slot] = key;
    this.#targets[slot] = target;
  }

  #slot(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & mask;
    while ((this.#targets[slot] ?? 0) !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }
}
