/** What the palette finds an entry by. */
export interface Findable {
  readonly title: string
  /** Where it is, or what it belongs to; counts for less than its title. */
  readonly within: string
  /** Other names of it. */
  readonly words: readonly string[]
}

const EXACT = 1
const STARTS_TEXT = 0.95
const STARTS_WORD = 0.85
const INSIDE = 0.6
const BEGINNINGS = 0.5
/** What a hit outside of the title is worth. */
const IN_WORDS = 0.85
const IN_WITHIN = 0.5

/**
 * The entries that fit what was typed, the best first: every word of it must be found in the title, another name or the
 * place of an entry, as a beginning, a part, or the beginnings of its words (`nc` and `newcol` find “New collection”). Takes
 * time in proportion to the length of all texts.
 * @param limit how many at most
 */
export function rankEntries<E extends Findable>(entries: readonly E[], typed: string, limit: number): readonly E[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return entries.slice(0, limit)
  const ranked: { readonly entry: E; readonly score: number; readonly at: number }[] = []
  entries.forEach((entry, at) => {
    const score = scoreOf(entry, words)
    if (score > 0) ranked.push({ entry, score, at })
  })
  ranked.sort((a, b) => b.score - a.score || a.at - b.at)
  return ranked.slice(0, limit).map(({ entry }) => entry)
}

function scoreOf({ title, within, words: others }: Findable, words: readonly string[]): number {
  const lower = title.toLowerCase()
  let sum = 0
  for (const word of words) {
    let best = fitOf(word, lower)
    for (const other of others) best = Math.max(best, IN_WORDS * fitOf(word, other.toLowerCase()))
    if (best < IN_WITHIN && within !== '' && within.toLowerCase().includes(word)) best = IN_WITHIN
    if (best === 0) return 0
    sum += best
  }
  // Of two that fit alike the shorter one is more likely meant.
  return sum / words.length - Math.min(title.length, 200) / 10_000
}

/** How well a word fits a text, both in lower case: 0 (not) to 1. */
function fitOf(word: string, text: string): number {
  if (text.startsWith(word)) return text.length === word.length ? EXACT : STARTS_TEXT
  let inside = text.indexOf(word)
  if (inside >= 0) {
    for (; inside >= 0; inside = text.indexOf(word, inside + 1)) if (startsWord(text, inside)) return STARTS_WORD
    return INSIDE
  }
  return fitBeginnings(word, text)
}

/** Beginnings of words put together: each letter goes on where the one before was, or begins another word. */
function fitBeginnings(word: string, text: string): number {
  let at = -1
  for (const letter of word) {
    const next = at >= 0 && text[at + 1] === letter ? at + 1 : nextStart(letter, text, at + 1)
    if (next === null) return 0
    at = next
  }
  return BEGINNINGS
}

function nextStart(letter: string, text: string, from: number): number | null {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) {
    if (startsWord(text, at)) return at
  }
  return null
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')
}
