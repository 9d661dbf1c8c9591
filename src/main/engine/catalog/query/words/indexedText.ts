/** Scripts that write words without spaces (or, Hangul, with endings glued on): each character is a word of the index. */
const unspaced =
  /[[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]&&[\p{L}\p{N}]]/v
const eachUnspaced = new RegExp(unspaced.source, 'gv')
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
const ascii = /^[\u0000-\u007f]*$/

/**
 * Text as the search index takes it: compatibility forms made plain (full-width letters, ligatures), and characters of
 * scripts without spaces set apart, so that a phrase of them is found wherever it stands. The index folds case and
 * diacritics itself (FTS5, tokenizer unicode61 with remove_diacritics 2).
 */
export function indexedText(text: string): string {
  if (ascii.test(text)) return text
  return text.normalize('NFKC').replace(eachUnspaced, ' $& ')
}

/** A name of a file or model as the index takes it: whole, and again in the parts that people see in it. */
export function indexedName(name: string): string {
  const text = indexedText(name)
  const parts: string[] = []
  for (const [token] of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const split = nameParts(token)
    if (split.length > 1) parts.push(...split)
  }
  return parts.length === 0 ? text : `${text} ${parts.join(' ')}`
}

/** `IMG1234` is IMG and 1234, `MySunsetXL` is My, Sunset and XL. */
function nameParts(token: string): string[] {
  return token.match(/\p{N}+|\p{Lu}+(?![\p{L}--\p{Lu}])|\p{Lu}?[\p{L}--\p{Lu}]+|\p{L}/gv) ?? [token]
}

/** True for a text whose last character is a word of its own in the index. */
export function endsUnspaced(text: string): boolean {
  return unspaced.test([...text].at(-1) ?? '')
}

/** Lower case without diacritics, in compatibility form: what words are compared by where SQLite's index does not do it. */
export function foldText(text: string): string {
  const lower = text.toLowerCase()
  return ascii.test(lower)
    ? lower
    : lower
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .normalize('NFC')
}

/** Fragments are looked for in words of at least this length: of shorter ones the beginning is enough. */
const SHORTEST = 4
const LONGEST = 32
/** Characters of one text that are looked at. */
const MAX_TEXT = 20_000

/**
 * The distinct words of texts in which fragments are found: runs of letters. Numbers, hexadecimal digests and random
 * mixtures of letters and digits are left out. `names` also give the parts that `indexedName` sees in them.
 */
export function vocabulary(texts: readonly (string | null)[], names: readonly (string | null)[]): readonly string[] {
  const found = new Set<string>()
  for (const text of texts) if (text !== null) learn(text, false, found)
  for (const name of names) if (name !== null) learn(indexedName(name.slice(0, MAX_TEXT)), true, found)
  return [...found]
}

function learn(text: string, anywhere: boolean, found: Set<string>): void {
  for (const [token] of indexedText(text.slice(0, MAX_TEXT)).matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (token.length < SHORTEST || token.length > 2 * LONGEST) continue
    const folded = foldText(token)
    if (/^(?=\D*\d)[0-9a-f]{8,}$/.test(folded)) continue
    const runs = folded.match(/\p{L}+|\P{L}+/gu) ?? []
    if (runs.length > 3) continue
    for (const [index, run] of runs.entries()) {
      // The index finds what begins like a word, so in prose only the beginning of a token can be found again.
      if ((index === 0 || anywhere) && run.length >= SHORTEST && run.length <= LONGEST && /^\p{L}/u.test(run))
        found.add(run)
    }
  }
}
