/** A piece of a text, and whether the other text has it at this place. */
export interface Piece {
  readonly text: string
  readonly differs: boolean
}

/** Words that are compared one by one; of longer texts only whether the other has the word at all. */
const MOST_WORDS = 1500

/**
 * Marks the words that two texts do not share: the longest common subsequence of words is the same, the rest differs
 * (Hunt and McIlroy's notion of difference, by the quadratic table that is quick enough for prompts). Punctuation is a
 * word of its own; white space belongs to what stands before it and is never a difference.
 */
export function wordDifference(first: string, second: string): { readonly first: Piece[]; readonly second: Piece[] } {
  const [before, after] = [words(first), words(second)]
  const [left, right] = shared(before.map(key), after.map(key))
  return { first: pieces(before, left), second: pieces(after, right) }
}

/** Marks in one text what any of the comparisons with others marks. Both must be pieces of the same text. */
export function anyDiffers(all: readonly (readonly Piece[])[]): Piece[] {
  const text = (all[0] ?? []).map((piece) => piece.text).join('')
  const differs = new Uint8Array(text.length)
  for (const marked of all) {
    let at = 0
    for (const piece of marked) {
      if (piece.differs) differs.fill(1, at, at + piece.text.length)
      at += piece.text.length
    }
  }
  const found: Piece[] = []
  for (let at = 0; at < text.length; ) {
    let end = at + 1
    while (end < text.length && differs[end] === differs[at]) end++
    found.push({ text: text.slice(at, end), differs: differs[at] === 1 })
    at = end
  }
  return found
}

/** Words and punctuation with the space behind them; what stands before the first is part of it. */
function words(text: string): string[] {
  return text.match(/^\s+|[\p{L}\p{N}\p{M}_]+(?:['’.-][\p{L}\p{N}\p{M}_]+)*\s*|\S\s*/gu) ?? []
}

function key(word: string): string {
  return word.trim().toLowerCase()
}

/** For each word of both whether it is in the common subsequence. */
function shared(before: readonly string[], after: readonly string[]): readonly [boolean[], boolean[]] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  const longest = Math.min(before.length, after.length) - start
  while (end < longest && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  const [a, b] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  const [inA, inB] = a.length > MOST_WORDS || b.length > MOST_WORDS ? anywhere(a, b) : subsequence(a, b)
  const around = (inner: boolean[]) => [...Array(start).fill(true), ...inner, ...Array(end).fill(true)]
  return [around(inA), around(inB)]
}

function anywhere(a: readonly string[], b: readonly string[]): readonly [boolean[], boolean[]] {
  const [inA, inB] = [new Set(a), new Set(b)]
  return [a.map((word) => inB.has(word)), b.map((word) => inA.has(word))]
}

function subsequence(a: readonly string[], b: readonly string[]): readonly [boolean[], boolean[]] {
  const width = b.length + 1
  // Length of the longest common subsequence of what follows each pair of places.
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
    }
  }
  const inA = new Array<boolean>(a.length).fill(false)
  const inB = new Array<boolean>(b.length).fill(false)
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      inA[i++] = true
      inB[j++] = true
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++
    else j++
  }
  return [inA, inB]
}

/** Neighbours of one kind joined. The space behind a difference belongs to it only if the next word differs as well. */
function pieces(all: readonly string[], common: readonly boolean[]): Piece[] {
  const found: { text: string; differs: boolean }[] = []
  const add = (text: string, differs: boolean) => {
    const last = found.at(-1)
    if (text === '') return
    if (last?.differs === differs) last.text += text
    else found.push({ text, differs })
  }
  for (const [index, word] of all.entries()) {
    const differs = common[index] !== true && word.trim() !== ''
    const shown = differs && common[index + 1] !== false ? word.trimEnd() : word
    add(shown, differs)
    add(word.slice(shown.length), false)
  }
  return found
}
