/** Numbers from `min` to `max`; null where there is no end. The ends belong to it unless they are open. */
export interface NumberRange {
  readonly kind: 'range'
  readonly min: number | null
  readonly minOpen: boolean
  readonly max: number | null
  readonly maxOpen: boolean
}

/** The range that an operator and a value mean. `value` is what was written: itself an interval, as it may be rounded. */
export function compared(
  operator: string,
  value: { readonly min: number; readonly max: number; readonly maxOpen: boolean },
): NumberRange {
  const open: NumberRange = { kind: 'range', min: null, minOpen: false, max: null, maxOpen: false }
  switch (operator) {
    case '>':
      return { ...open, min: value.max, minOpen: !value.maxOpen }
    case '>=':
      return { ...open, min: value.min }
    case '<':
      return { ...open, max: value.min, maxOpen: true }
    case '<=':
      return { ...open, max: value.max, maxOpen: value.maxOpen }
    default:
      return { ...open, ...value }
  }
}

/** `a..b`, `a..`, `..b` as their two texts; null for what is no range. */
export function splitRange(text: string): readonly [string, string] | null {
  const at = text.indexOf('..')
  if (at === -1 || text.length === 2) return null
  return [text.slice(0, at).trim(), text.slice(at + 2).trim()]
}
