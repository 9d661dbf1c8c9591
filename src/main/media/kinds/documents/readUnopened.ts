import type { KindFacts, MediaSource } from '../kindReader.ts'
import { withoutPreview } from './documentFacts.ts'

/** Formats that are known by name and that nobody outside of their programs can draw. */
export const unopenedKinds: Readonly<Record<string, { readonly format: string; readonly called: string }>> = {
  'application/x-affinity': { format: 'af', called: 'Affinity document' },
  'application/x-affinity-photo': { format: 'afphoto', called: 'Affinity Photo document' },
  'application/x-affinity-designer': { format: 'afdesign', called: 'Affinity Designer document' },
  'application/x-affinity-publisher': { format: 'afpub', called: 'Affinity Publisher document' },
  'application/x-clip-studio': { format: 'clip', called: 'Clip Studio Paint document' },
  'application/vnd.sketchup.skp': { format: 'skp', called: 'SketchUp model' },
  'application/x-ft-draco': { format: 'drc', called: 'Draco mesh' },
  'application/x-mobipocket-ebook': { format: 'mobi', called: 'Kindle book' },
  'application/x-cfb': { format: 'cfb', called: 'document of an older program' },
  'application/vnd.ms-fontobject': { format: 'eot', called: 'embedded OpenType font' },
  'application/x-safetensors': { format: 'safetensors', called: 'model file' },
  'application/x-rar-compressed': { format: 'rar', called: 'RAR archive' },
  'application/x-7z-compressed': { format: '7z', called: '7-Zip archive' },
}

/** Says what a file is that can't be looked into. */
export async function readUnopened(source: MediaSource): Promise<KindFacts> {
  const { format, called } = unopenedKinds[source.mimeType] ?? { format: 'unknown', called: 'file' }
  return withoutPreview({ format }, `Vitrine keeps this ${called} safely, but can’t draw a preview of this kind.`)
}
