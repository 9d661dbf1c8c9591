import { z } from 'zod'

export const entitySchema = z.enum([
  'asset',
  'assetVersion',
  'collection',
  'tag',
  'membership',
  'assetTag',
  'generationRequest',
  'requestReference',
  'generationJob',
  'librarySetting',
])
export type Entity = z.infer<typeof entitySchema>

/**
 * One change to one cell: entity, id, field, value, stamp. The field `''` makes the entity, its value is the whole
 * first record. A `membership` id is `<collection>/<asset>`, an `assetTag` id `<tag>/<asset>`; their only field is
 * `in`, null when taken out. A `librarySetting` is named by its key; its field `value` is JSON text, null for the default. `media` of an asset is everything that was read from its file, as one cell.
 */
export const operationSchema = z.object({
  entity: z.string(),
  id: z.string(),
  field: z.string(),
  value: z.json(),
  stamp: z.string(),
})
export type Operation = z.infer<typeof operationSchema>
export type CellValue = Operation['value']

/** First line of a segment. `prevSha` is the SHA-256 of the segment file before it, null for the first. */
export const segmentHeaderSchema = z.object({
  format: z.literal(1),
  library: z.string(),
  device: z.string(),
  seq: z.number().int().positive(),
  prevSha: z.string().nullable(),
  /** Last sequence of each other device that had been applied when this segment was written. */
  seen: z.record(z.string(), z.number().int()),
  /** Last outbox number in the segment; lets a restart tell what a segment file already holds. */
  lastOutbox: z.number().int(),
})
export type SegmentHeader = z.infer<typeof segmentHeaderSchema>
