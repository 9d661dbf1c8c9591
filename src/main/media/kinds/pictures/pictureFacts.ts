import type { MediaLimits } from '../../limits.ts'
import { type KindFacts, noFacts, PixelLimitError } from '../kindReader.ts'

/** `facts` of a picture that is not what it should be. */
export function unreadable(facts: KindFacts = noFacts): KindFacts {
  return {
    ...facts,
    picture: null,
    problem: { code: 'decode_failed', message: 'The picture is damaged or incomplete and can’t be drawn.' },
  }
}

/** `facts` of a picture that is sound as far as can be told, but can't be drawn here. `reason` is a sentence. */
export function undrawable(facts: KindFacts, reason: string): KindFacts {
  return { ...facts, picture: null, problem: { code: 'unsupported_type', message: reason } }
}

/** `facts` of a picture whose decoding would take more memory than a file may. */
export function tooLarge(facts: KindFacts = noFacts): KindFacts {
  return {
    ...facts,
    picture: null,
    problem: { code: 'file_too_large', message: 'This picture is too large for Vitrine to draw a preview.' },
  }
}

/** Throws a `PixelLimitError` for a declared size over the limit. */
export function requireDrawableSize(width: number, height: number, limits: MediaLimits): void {
  if (width * height > limits.pixels) throw new PixelLimitError(width, height)
}

/** What the process takes before a decoder takes anything. */
const BASE_BYTES = 200 * 1024 ** 2

/** True if a decoder that takes so many bytes stays within what a file may take. */
export function fitsMemory(bytes: number, limits: MediaLimits): boolean {
  return BASE_BYTES + bytes <= limits.memoryBytes
}
