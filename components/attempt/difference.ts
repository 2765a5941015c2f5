/** A stretch of one side of a comparison. */
export interface DifferencePart {
  readonly text: string;
  readonly differs: boolean;
}

export interface Difference {
  readonly left: readonly DifferencePart[];
  readonly right: readonly DifferencePart[];
}

/** Beyond this the table would cost more than the reader gains; both ends are trimmed before it is measured. */
const tableLimit = 400;

/** Marks the characters in which two strings differ (longest common subsequence between a common start and end). */
export function compareText(left: string, right: string): Difference {
  const one = Array.from(left);
  const other = Array.from(right);
  const start = commonStart(one, other);
  const end = commonStart(one.slice(start).reverse(), other.slice(start).reverse());
  const middle = mark(one.slice(start, one.length - end), other.slice(start, other.length - end));
  const around = (parts: readonly DifferencePart[], side: readonly string[]): readonly DifferencePart[] =>
    join([
      { text: side.slice(0, start).join(""), differs: false },
      ...parts,
      { text: side.slice(side.length - end).join(""), differs: false },
    ]);
  return { left: around(middle.left, one), right: around(middle.right, other) };
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}

function mark(one: readonly string[], other: readonly string[]): Difference {
  if (one.length > tableLimit || other.length > tableLimit) {
    return {
      left: [{ text: one.join(""), differs: true }],
      right: [{ text: other.join(""), differs: true }],
    };
  }
  const width = other.length + 1;
  const common = new Uint16Array((one.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        one[row] === other[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const left: DifferencePart[] = [];
  const right: DifferencePart[] = [];
  let row = 0;
  let column = 0;
  while (row < one.length || column < other.length) {
    if (row < one.length && column < other.length && one[row] === other[column]) {
      left.push({ text: one[row] ?? "", differs: false });
      right.push({ text: other[column] ?? "", differs: false });
      row += 1;
      column += 1;
    } else if (column >= other.length || (row < one.length && at(row + 1, column) >= at(row, column + 1))) {
      left.push({ text: one[row] ?? "", differs: true });
      row += 1;
    } else {
      right.push({ text: other[column] ?? "", differs: true });
      column += 1;
    }
  }
  // Little in common: scattered marks would be harder to read than two whole values.
  const shared = at(0, 0) * 2 >= Math.max(one.length, other.length);
  const whole = (parts: readonly DifferencePart[]) => parts.map(({ text }) => ({ text, differs: true }));
  return shared ? { left, right } : { left: whole(left), right: whole(right) };
}

function join(parts: readonly DifferencePart[]): readonly DifferencePart[] {
  const joined: DifferencePart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.text === "") continue;
    if (last?.differs === part.differs)
      joined[joined.length - 1] = { text: last.text + part.text, differs: part.differs };
    else joined.push(part);
  }
  return joined;
}
