import type { MediaFactsMessage, MediaTaskMessage } from '../../shared/contract/mediaWire.ts'
import { readCarriers } from './carriers/readCarriers.ts'
import { readMetadata } from './metadata/readMetadata.ts'
import { readSidecars } from './metadata/sidecars.ts'

export type Descriptions = Pick<MediaFactsMessage, 'capturedAt' | 'gps' | 'metadata' | 'generation'>

/**
 * What a file and the sidecars beside it say about themselves, apart from what they show.
 * @param size bytes of the file
 * Throws the file system's error if the file can't be read.
 */
export async function readDescriptions(task: MediaTaskMessage, size: number): Promise<Descriptions> {
  const carriers = await readCarriers(task.path, task.mimeType, size)
  const sidecars = await readSidecars(task.sidecars)
  const { capturedAt, gps, metadata } = readMetadata(carriers, sidecars.xmp)
  return { capturedAt, gps, metadata: { ...metadata }, generation: null }
}
