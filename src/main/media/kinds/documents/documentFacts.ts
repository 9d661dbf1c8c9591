import { type KindFacts, noFacts } from '../kindReader.ts'

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
