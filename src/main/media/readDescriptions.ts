import type { MediaFactsMessage, MediaTaskMessage } from '../../shared/contract/mediaWire.ts'
import type { Carriers, CarrierText } from './carriers/carriers.ts'
import { readCarriers } from './carriers/readCarriers.ts'
import { readStealth } from './carriers/readStealth.ts'
import { readGeneration } from './generation/readGeneration.ts'
import { readMetadata } from './metadata/readMetadata.ts'
import { readSidecars } from './metadata/sidecars.ts'

export type Descriptions = Pick<MediaFactsMessage, 'capturedAt' | 'gps' | 'metadata' | 'generation'>

/**
 * What a file and the sidecars beside it say about themselves, apart from what they show.
 * @param size bytes of the file
 * @param pixelLimit largest picture whose pixels are searched for a hidden text
 * Throws the file system's error if the file can't be read.
 */
export async function readDescriptions(
  task: MediaTaskMessage,
  size: number,
  pixelLimit: number,
): Promise<Descriptions> {
  const carriers = await readCarriers(task.path, task.mimeType, size)
  const sidecars = await readSidecars(task.sidecars)
  const { capturedAt, gps, metadata } = readMetadata(carriers, sidecars.xmp)
  const said = readGeneration(withTexts(carriers, sidecars.texts))
  // Pixels are looked at only where nothing else says how the file was made: it costs more than all of the above.
  const hidden = said === null ? await readStealth(task.path, task.mimeType, pixelLimit) : null
  const generation = hidden === null ? said : readGeneration(withTexts(carriers, [hidden]))
  return { capturedAt, gps, metadata: { ...metadata }, generation }
}

function withTexts(carriers: Carriers, texts: readonly CarrierText[]): Carriers {
  return texts.length === 0 ? carriers : { ...carriers, texts: [...carriers.texts, ...texts] }
}
