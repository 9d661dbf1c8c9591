/**
 * File name patterns as shells and `.gitignore` have them, matched in time proportional to pattern times name: a regular
 * expression made of `*a*a*a*b` can take longer than anybody waits.
 *
 * `*` any characters but `/`, `?` one of them, `[abc]`, `[a-z]`, `[!a]` one of a set, `{a,b}` either, a segment of its own
 * `**` any number of folders, `\` takes the special meaning of what follows. Case and how accents are composed do not
 * matter.
 */
export interface GlobPattern {
  /** True for a pattern with a slash inside: it is about whole paths, others about names. */
  readonly isPath: boolean
  /** True for one that ends with a slash. */
  readonly foldersOnly: boolean
  /** `segments` are the names of a path, or one name for a pattern about names, as `fold` gives them. */
  matches(segments: readonly string[]): boolean
}

type Token =
  | { readonly kind: 'text'; readonly character: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] }
/** Tokens of one name, or `**`. */
type Segment = readonly Token[] | 'folders'

/** Most patterns that the braces of one may stand for. */
const MOST_ALTERNATIVES = 64

/** @returns the reason as a string for a pattern that can't be read */
export function parseGlob(written: string): GlobPattern | string {
  const text = written.normalize('NFC')
  const foldersOnly = text.endsWith('/')
  const body = text.replace(/^\/|\/+$/g, '')
  if (body === '') return 'It is empty.'
  if (text.startsWith('!')) return 'Exceptions with “!” are not possible. Write “\\!” for a name that begins with it.'
  const alternatives = expandBraces(body)
  if (typeof alternatives === 'string') return alternatives
  const patterns: (readonly Segment[])[] = []
  for (const alternative of alternatives) {
    const segments = parseSegments(alternative)
    if (typeof segments === 'string') return segments
    patterns.push(segments)
  }
  const isPath = text.startsWith('/') || patterns.some((segments) => segments.length > 1)
  return {
    isPath,
    foldersOnly,
    matches: (names) => patterns.some((segments) => matchAll(segments, names, isFolders, matchSegment)),
  }
}

/** The form in which names are compared. */
export function fold(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function expandBraces(text: string): readonly string[] | string {
  let open: readonly string[] = [text]
  const done: string[] = []
  while (open.length > 0) {
    const next: string[] = []
    for (const pattern of open) {
      const braces = innermostBraces(pattern)
      if (typeof braces === 'string') return braces
      if (braces === null) done.push(pattern)
      else for (const choice of braces.choices) next.push(`${braces.before}${choice}${braces.after}`)
    }
    if (done.length + next.length > MOST_ALTERNATIVES)
      return `Its braces stand for more than ${MOST_ALTERNATIVES} patterns.`
    open = next
  }
  return done
}

interface Braces {
  readonly before: string
  readonly choices: readonly string[]
  readonly after: string
}

/** The first braces that have no others inside, null when there are none. */
function innermostBraces(text: string): Braces | null | string {
  let start = -1
  let commas: number[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '\\') at++
    else if (character === '[') at = setEnd(text, at)
    else if (character === '{') {
      start = at
      commas = []
    } else if (character === ',' && start >= 0) commas.push(at)
    else if (character === '}') {
      if (start < 0) return 'A “}” has no “{”.'
      const cuts = [start, ...commas, at]
      const choices = cuts.slice(1).map((cut, index) => text.slice((cuts[index] ?? 0) + 1, cut))
      return { before: text.slice(0, start), choices, after: text.slice(at + 1) }
    }
  }
  return start >= 0 ? 'A “{” is not closed.' : null
}

function parseSegments(text: string): readonly Segment[] | string {
  const segments: Segment[] = []
  let tokens: Token[] = []
  const close = (): void => {
    const [first, second, ...more] = tokens
    const isFolders = first?.kind === 'any' && second?.kind === 'any' && more.length === 0
    segments.push(isFolders ? 'folders' : tokens)
    tokens = []
  }
  for (let at = 0; at < text.length; at++) {
    const character = characterAt(text, at)
    at += character.length - 1
    switch (character) {
      case '/':
        close()
        break
      case '*':
        tokens.push({ kind: 'any' })
        break
      case '?':
        tokens.push({ kind: 'one' })
        break
      case '[': {
        const end = setEnd(text, at)
        if (end >= text.length) return 'A “[” is not closed.'
        const set = parseSet(text.slice(at + 1, end))
        if (typeof set === 'string') return set
        tokens.push(set)
        at = end
        break
      }
      case '\\':
        at++
        if (at >= text.length) return 'It ends with a “\\”.'
        tokens.push(...literal(characterAt(text, at)))
        at += characterAt(text, at).length - 1
        break
      default:
        tokens.push(...literal(character))
    }
  }
  close()
  return segments.some((segment) => segment !== 'folders' && segment.length === 0)
    ? 'A folder in it has no name.'
    : segments
}

/** Where the set that begins at `start` ends; the length of the text when it does not. */
function setEnd(text: string, start: number): number {
  const first = text[start + 1] === '!' || text[start + 1] === '^' ? start + 2 : start + 1
  // A bracket that comes first is one of the set.
  const end = text.indexOf(']', first + 1)
  return end < 0 ? text.length : end
}

function parseSet(body: string): Token | string {
  const negated = body.startsWith('!') || body.startsWith('^')
  const characters = [...fold(negated ? body.slice(1) : body)]
  if (characters.includes('/')) return 'A set in brackets can’t hold a “/”.'
  const ranges: [string, string][] = []
  for (let at = 0; at < characters.length; at++) {
    const from = characters[at] ?? ''
    const to = characters[at + 2]
    if (characters[at + 1] === '-' && to !== undefined) {
      if (to < from) return `The range “${from}-${to}” is the wrong way round.`
      ranges.push([from, to])
      at += 2
    } else ranges.push([from, from])
  }
  return { kind: 'set', negated, ranges }
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0)
}

function literal(character: string): Token[] {
  return [...fold(character)].map((folded) => ({ kind: 'text', character: folded }))
}

function isFolders(segment: Segment): boolean {
  return segment === 'folders'
}

function matchSegment(segment: Segment, name: string): boolean {
  return segment !== 'folders' && matchAll(segment, [...name], (token) => token.kind === 'any', matchToken)
}

function matchToken(token: Token, character: string): boolean {
  switch (token.kind) {
    case 'text':
      return token.character === character
    case 'set':
      return token.ranges.some(([from, to]) => character >= from && character <= to) !== token.negated
    case 'one':
    case 'any':
      return true
  }
}

/**
 * Whether a pattern with wildcards for any number of items matches them all. After a mismatch only the last wildcard has
 * to take one more item, because whatever an earlier one could take, the last one can take too.
 */
function matchAll<P, T>(
  pattern: readonly P[],
  items: readonly T[],
  isWildcard: (part: P) => boolean,
  matchesOne: (part: P, item: T) => boolean,
): boolean {
  let at = 0
  let part = 0
  let wildcard = -1
  let resumeAt = 0
  while (at < items.length) {
    const current = pattern[part]
    const item = items[at]
    if (current !== undefined && isWildcard(current)) {
      wildcard = part++
      resumeAt = at
    } else if (current !== undefined && item !== undefined && matchesOne(current, item)) {
      part++
      at++
    } else if (wildcard >= 0) {
      part = wildcard + 1
      at = ++resumeAt
    } else return false
  }
  while (part < pattern.length) {
    const rest = pattern[part]
    if (rest === undefined || !isWildcard(rest)) return false
    part++
  }
  return true
}
