import type { GenerationRecord } from '../../../../shared/domain/generation.ts'
import { type Carriers, type CarrierText, noCarriers } from '../../carriers/carriers.ts'
import { readGeneration } from '../readGeneration.ts'

/** What is read from a file that carries these texts and nothing else. */
export function read(...texts: CarrierText[]): GenerationRecord | null {
  return readGeneration(carriersOf(...texts))
}

/** A file that carries these texts and nothing else. */
export function carriersOf(...texts: CarrierText[]): Carriers {
  return { ...noCarriers, texts }
}

/** A text in a tEXt chunk of a PNG. */
export function png(key: string, value: string): CarrierText {
  return text('png:tEXt', key, value)
}

/** A text whose bytes are UTF-8. */
export function text(carrier: string, key: string, value: string): CarrierText {
  return { carrier, key, text: value, bytes: Buffer.from(value) }
}
