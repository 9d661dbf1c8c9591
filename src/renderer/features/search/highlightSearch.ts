import { fieldNamed } from '../../../shared/domain/search/searchFields.ts'
import type { SearchProblem } from '../../../shared/domain/search/searchNode.ts'
import { type SearchToken, tokenise } from '../../../shared/domain/search/tokenise.ts'

export type PartKind = 'text' | 'field' | 'operator' | 'value' | 'sign'

/** A stretch of search text that is drawn in one way. */
export interface Part {
  /** Where it begins, a UTF-16 offset. */
  readonly from: number
  readonly text: string
  readonly kind: PartKind
  readonly mistaken: boolean
}

/** Parts that belong together: a condition, or anything else. */
export interface Piece {
  readonly from: number
  readonly condition: boolean
  readonly parts: readonly Part[]
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly kind: PartKind
}

/** How search text is drawn: all of it, in order, cut where its meaning changes and where mistakes begin and end. */
export function highlightSearch(text: string, problems: readonly SearchProblem[]): readonly Piece[] {
  const mistakes = problems.filter(({ kind }) => kind === 'mistake')
  const pieces: Piece[] = []
  const push = (condition: boolean, stretches: readonly Stretch[]) => {
    const parts = stretches.filter(({ from, to }) => to > from).flatMap((stretch) => cut(text, stretch, mistakes))
    if (parts[0] !== undefined) pieces.push({ from: parts[0].from, condition, parts })
  }
  let at = 0
  for (const token of tokenise(text)) {
    push(false, [{ from: at, to: token.from, kind: 'text' }])
    const stretches = stretchesOf(token)
    push(stretches.length > 1, stretches)
    at = token.to
  }
  push(false, [{ from: at, to: text.length, kind: 'text' }])
  return pieces
}

function stretchesOf(token: SearchToken): readonly Stretch[] {
  const { from, to } = token
  switch (token.kind) {
    case 'word':
    case 'fragment':
    case 'phrase':
      return [{ from, to, kind: 'text' }]
    case 'condition': {
      if (fieldNamed(token.name) === undefined) return [{ from, to, kind: 'text' }]
      const nameEnd = from + token.name.length
      return [
        { from, to: nameEnd, kind: 'field' },
        { from: nameEnd, to: token.valueFrom, kind: 'operator' },
        { from: token.valueFrom, to, kind: 'value' },
      ]
    }
    default:
      return [{ from, to, kind: 'sign' }]
  }
}

/** One stretch in parts that are mistaken or not. Mistakes are few, and so are the cuts. */
function cut(text: string, { from, to, kind }: Stretch, mistakes: readonly SearchProblem[]): Part[] {
  const cuts = new Set([from, to])
  for (const mistake of mistakes) {
    if (mistake.from > from && mistake.from < to) cuts.add(mistake.from)
    if (mistake.to > from && mistake.to < to) cuts.add(mistake.to)
  }
  const places = [...cuts].sort((a, b) => a - b)
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] ?? to
    const mistaken = mistakes.some((mistake) => mistake.from < end && mistake.to > start)
    return { from: start, text: text.slice(start, end), kind, mistaken }
  })
}
