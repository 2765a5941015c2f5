/**
 * How unusual each pair of letters is inside words, 0 (common) to 9 (never), one row per first letter: counted over the
 * words of program messages in 17 European languages, accents removed.
 */
const pairs =
  "33224434332121436121334633" + // a
  "25772877357376379356387959" + // b
  "28472982254475289443489954" + // c
  "26651666266564259445366954" + // d
  "34223324342121536112435453" + // e
  "37973578378587389465498968" + // f
  "36752745366464379345376958" + // g
  "28863897366565389464477968" + // h
  "24232335443221245212436553" + // i
  "38863889486576489746578997" + // j
  "26672775274465269433366958" + // k
  "15541545154244259633357946" + // l
  "13662667286545339645377857" + // m
  "15321425154453267522346835" + // n
  "43334535443221437123333653" + // o
  "28662665387376239254488969" + // p
  "69999999899999999999499999" + // q
  "14431545153433257432345944" + // r
  "25362554252344337531356943" + // s
  "16561564154454269232255735" + // t
  "34443546343232448223455654" + // u
  "27772888397685389556579947" + // v
  "38774997497695489658699947" + // w
  "58695899599899759995799979" + // x
  "35454656555544449544565966" + // y
  "26653966375564469665465945"; // z;

/**
 * Mean unusualness that words of a length stay under: 98 of 100 up to 8 letters, fewer of longer ones, where a string could be
 * a secret that a machine drew. The next longer entry counts for lengths between.
 */
const limits: readonly (readonly [length: number, limit: number])[] = [
  [4, 5.34],
  [5, 4.51],
  [6, 3.9],
  [7, 3.65],
  [8, 3.3],
  [10, 3.15],
  [12, 2.95],
  [16, 2.95],
  [24, 2.85],
];

const firstLetter = 97;

/** Whether letters go together as in a word; of random letters, 6 in 100 strings of 8 pass and 1 in 500 of 16. */
export const isPronounceable = (word: string): boolean => arePronounceable([word]);

/** The same of several words, judged as one: what many short pieces spell together is less likely to pass by chance. */
export function arePronounceable(words: readonly string[]): boolean {
  let sum = 0;
  let count = 0;
  let length = 0;
  for (const word of words) {
    const letters = word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
    if (letters.length < 4 || !/^[a-z]+$/.test(letters)) continue;
    for (let index = 1; index < letters.length; index += 1) {
      const row = letters.charCodeAt(index - 1) - firstLetter;
      sum += Number(pairs[row * 26 + letters.charCodeAt(index) - firstLetter]);
    }
    count += letters.length - 1;
    length += letters.length;
  }
  return count === 0 || sum / count <= limitFor(length);
}

function limitFor(length: number): number {
  const limit = limits.find(([longest]) => length <= longest) ?? limits.at(-1);
  return limit?.[1] ?? 0;
}
