import type { Fragment } from '../sqlFragment.ts'
import { endsUnspaced, foldText, indexedText } from './indexedText.ts'

/** Words that a fragment is expanded to, the shortest first. */
const MAX_EXPANSIONS = 100

/** Text to look for: `word` matches the beginnings of words, `phrase` whole words in order, `fragment` inside of words. */
export interface TextTerm {
  readonly kind: 'word' | 'phrase' | 'fragment'
  readonly text: string
  /** A column of the index, null for all. */
  readonly column: string | null
}

/**
 * SQL for an FTS5 query, null when nothing in the text is a letter or digit. Every token is quoted, so that no character
 * a person types is an operator. A word that no known word begins with is looked for inside of words: the index of
 * their trigrams gives those that have it, and these are what is asked for.
 */
export function matchText({ kind, text, column }: TextTerm): Fragment | null {
  const plain = indexedText(text).replace(/["\0]/g, ' ')
  let tokens: readonly string[] = plain.match(/[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{M}\p{Co}]*/gu) ?? []
  const last = tokens.at(-1)
  if (last === undefined) return null
  const isShort = last.length === 1 && !endsUnspaced(last)
  // One letter begins so many words that it says little; as the end of something longer it can wait for the next one.
  if (kind !== 'phrase' && isShort && tokens.length > 1) tokens = tokens.slice(0, -1)
  const open = kind !== 'phrase' && !isShort && !endsUnspaced(last)
  const phrase = `"${tokens.join(' ')}"${open ? '*' : ''}`
  const inColumn = column === null ? ['', ''] : [`${column} : (`, ')']
  const folded = foldText(last)
  if (!open || tokens.length > 1 || !/^\p{L}{3,32}$/u.test(folded)) {
    return { sql: '?', parameters: [`${inColumn[0]}${phrase}${inColumn[1]}`] }
  }
  const inside = `(SELECT ' OR ' || group_concat('"' || word || '"*', ' OR ') FROM
    (SELECT word FROM search_word_grams WHERE word LIKE ? ORDER BY length(word), word LIMIT ${MAX_EXPANSIONS}))`
  const pattern = `%${folded}%`
  const known = 'EXISTS (SELECT 1 FROM search_words WHERE word >= ? AND word < ?)'
  const more =
    kind === 'fragment'
      ? { sql: `coalesce(${inside}, '')`, parameters: [pattern] }
      : {
          sql: `CASE WHEN ${known} THEN '' ELSE coalesce(${inside}, '') END`,
          parameters: [folded, `${folded}\u{10ffff}`, pattern],
        }
  return {
    sql: `(? || ${more.sql} || ?)`,
    parameters: [`${inColumn[0]}${phrase}`, ...more.parameters, inColumn[1] ?? ''],
  }
}
