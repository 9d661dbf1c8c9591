import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { walkImageResources } from './photoshopResources.ts'

const HEAD_BYTES = 26

/**
 * Adds the image resources of a PSD or PSB file. Source: Adobe Photoshop file formats specification, sections 1 to 3.
 */
export function addPsdCarriers(source: ByteSource, collector: CarrierCollector): void {
  const colors = source.read(HEAD_BYTES, 4)?.readUInt32BE(0)
  if (colors === undefined) return
  const at = HEAD_BYTES + 4 + colors
  const length = source.read(at, 4)?.readUInt32BE(0)
  if (length !== undefined) walkImageResources(source, at + 4, Math.min(source.size, at + 4 + length), collector)
}
