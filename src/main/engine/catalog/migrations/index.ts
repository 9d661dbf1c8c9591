import { initial } from './0001-initial.ts'
import { generationPayloads } from './0002-generation-payloads.ts'

/** In order; the position plus one is the schema version that a migration leads to. Never edit one that has shipped. */
export const migrations: readonly string[] = [initial, generationPayloads]
