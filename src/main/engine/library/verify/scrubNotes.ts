import { z } from 'zod'
import { scrubRoundSchema } from '../../../../shared/domain/cloudCare.ts'
import type { Catalog } from '../../catalog/catalog.ts'

const scrubNotesSchema = z.object({
  /** When this library was first open with somebody who looks, ms. */
  firstSeen: z.number().nullable(),
  /** Row after which the present round goes on, and how many assets it has looked at. */
  after: z.number().int().nonnegative(),
  checked: z.number().int().nonnegative(),
  round: scrubRoundSchema.nullable(),
  last: scrubRoundSchema.nullable(),
})

/** How far the looking at every file is, as it is kept over restarts. */
export type ScrubNotes = z.infer<typeof scrubNotesSchema>

const SETTING = 'scrub'
const NONE: ScrubNotes = { firstSeen: null, after: 0, checked: 0, round: null, last: null }

/** Notes that can't be read are none: the round begins again. */
export function readScrubNotes(catalog: Pick<Catalog, 'getSetting'>): ScrubNotes {
  const parsed = scrubNotesSchema.safeParse(catalog.getSetting(SETTING))
  return parsed.success ? parsed.data : NONE
}

export function writeScrubNotes(catalog: Pick<Catalog, 'setSetting'>, notes: ScrubNotes): void {
  catalog.setSetting(SETTING, notes)
}
