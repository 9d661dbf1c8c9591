import type { Generation } from '../../../shared/domain/generation.ts'
import type { Payload } from './payloads.ts'

/** What the parser of one tool made of a file. */
export interface Reading {
  readonly generation: Generation
  /** What it was read from. */
  readonly used: readonly Payload[]
}
