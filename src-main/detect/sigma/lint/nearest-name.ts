/** Edits that a typing error takes at most; with more, other words come as near. */
const MAX_EDITS = 2;
/** Names shorter than this are one edit away from too many others. */
const MIN_CHARS = 4;

/** The one of `names` that `name` is probably a misspelling of; null when none is near. */
export function nearestName(name: string, names: readonly string[]): string | null {
  const folded = name.toLowerCase();
  const sameLetters = names.find((one) => one.toLowerCase() === folded);
  if (sameLetters !== undefined) return sameLetters;
  if (name.length < MIN_CHARS) return null;
  let best: string | null = null;
  let bestEdits = Math.min(MAX_EDITS, Math.floor(name.length / 4)) + 1;
  for (const one of names) {
    if (Math.abs(one.length - name.length) >= bestEdits) continue;
    const edits = editDistance(folded, one.toLowerCase());
    if (edits >= bestEdits) continue;
    best = one;
    bestEdits = edits;
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
export function editDistance(left: string, right: string): number {
  let twoBack: number[] = [];
  let oneBack = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        (oneBack[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (oneBack[column - 1] ?? 0) + (isSame ? 0 : 1),
        row > 1 && column > 1 && isSwap ? (twoBack[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    twoBack = oneBack;
    oneBack = current;
  }
  return oneBack[right.length] ?? 0;
}
