import { z } from 'zod'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'

/** What the viewer needs of what was read from a file; null where it does not say. */
export interface MediaFacts {
  readonly pages: number | null
  /** Frames a second. */
  readonly frameRate: number | null
  /** Loudness from 0 to 100 of equal parts of a sound. */
  readonly waveform: readonly number[] | null
  readonly artist: string | null
  readonly album: string | null
  /** The thumbnail is a picture of the content (a cover), not a drawing that stands for it (a waveform). */
  readonly likeness: boolean
}

const text = z.string().min(1).max(500).optional().catch(undefined)
const factsSchema = z.object({
  pages: z.number().int().positive().optional().catch(undefined),
  frameRate: z.number().positive().max(1000).optional().catch(undefined),
  waveform: z.array(z.number().min(0).max(100)).min(2).max(2000).optional().catch(undefined),
  tags: z.object({ artist: text, album: text }).optional().catch(undefined),
})

/** Reads them from the record of an asset; what it does not know, or knows in another way, is null. */
export function mediaFacts(detail: Pick<AssetDetail, 'metadata' | 'dominant_colors'> | null): MediaFacts {
  const found = factsSchema.safeParse(detail?.metadata ?? {}).data
  return {
    pages: found?.pages ?? null,
    frameRate: found?.frameRate ?? null,
    waveform: found?.waveform ?? null,
    artist: found?.tags?.artist ?? null,
    album: found?.tags?.album ?? null,
    // Of a drawing that stands for a file, no palette is made.
    likeness: (detail?.dominant_colors.length ?? 0) > 0,
  }
}
