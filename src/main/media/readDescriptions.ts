import sharp from 'sharp'
import type { MediaFactsMessage, MediaTaskMessage } from '../../shared/contract/mediaWire.ts'
import { readExif } from './readExif.ts'

export type Descriptions = Pick<MediaFactsMessage, 'capturedAt' | 'gps' | 'metadata' | 'generation'>

/** What a file and the sidecars beside it say about themselves, apart from what they show. */
export async function readDescriptions(task: MediaTaskMessage, _size: number): Promise<Descriptions> {
  const block = await sharp(task.path, { limitInputPixels: false })
    .metadata()
    .then(
      ({ exif }) => exif ?? null,
      () => null,
    )
  const exif = await readExif(
    task.path,
    task.mimeType,
    block === null || block.subarray(0, 4).toString() !== 'Exif' ? block : block.subarray(6),
  )
  return {
    capturedAt: exif?.capturedAt ?? null,
    gps: exif?.gps ?? null,
    metadata: { ...exif?.metadata },
    generation: null,
  }
}
