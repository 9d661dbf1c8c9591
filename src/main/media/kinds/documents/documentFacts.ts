import type { KindFacts } from '../kindReader.ts'

/** What is known of a document before anything in it has been understood. */
export const noFacts: KindFacts = {
  width: null,
  height: null,
  durationSeconds: null,
  frames: null,
  metadata: {},
  picture: null,
  problem: null,
  symbolic: false,
}

/** The file is what it says it is, but there is nothing in it that Vitrine could show. */
export function withoutPreview(metadata: KindFacts['metadata'], message: string): KindFacts {
  return { ...noFacts, metadata, problem: { code: 'unsupported_type', message } }
}

/** The file is not what it should be. */
export function damaged(metadata: KindFacts['metadata'], message: string): KindFacts {
  return { ...noFacts, metadata, problem: { code: 'decode_failed', message } }
}

/** The file is larger than this kind of reader takes. */
export function tooLarge(metadata: KindFacts['metadata'], message: string): KindFacts {
  return { ...noFacts, metadata, problem: { code: 'file_too_large', message } }
}
