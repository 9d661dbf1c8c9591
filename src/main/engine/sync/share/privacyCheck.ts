import type { Asset } from '../../../../shared/domain/asset.ts'
import type { RenderFormat } from '../../../../shared/domain/fileExport.ts'
import type { ShareCheck } from '../../../../shared/domain/share.ts'

/** Names in the facts of a file (docs/formats.md) that tell of people, and of one camera among all. */
const PEOPLE = new Set([
  'creator',
  'copyright',
  'owner',
  'camera_owner',
  'persons',
  'people',
  'credit',
  'caption_writer',
])
const SERIALS = new Set(['serial', 'lens_serial', 'serial_number', 'body_serial'])
const DEEPEST = 6
const MOST_FOUND = 20

/** What a copy without anything but the picture is made as; what is absent can't be drawn as one picture. */
const STRIPPED_AS: Readonly<Record<string, RenderFormat>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/heic': 'jpeg',
  'image/heif': 'jpeg',
  'image/tiff': 'jpeg',
  'image/bmp': 'png',
}

/** The format of a stripped copy, null for a file that none can be made of. */
export function strippedFormat(mimeType: string): RenderFormat | null {
  return STRIPPED_AS[mimeType] ?? null
}

/** What the file of an asset says that a person may not want to tell everybody. Pure. */
export function privacyCheck(
  asset: Pick<Asset, 'gps' | 'metadata' | 'original_prompt' | 'negative_prompt' | 'mime_type'> & {
    readonly generation: unknown
  },
): Omit<ShareCheck, 'presigned' | 'public'> {
  const names = new Set<string>()
  const serials = new Set<string>()
  collect(asset.metadata, 0, names, serials)
  return {
    gps: asset.gps !== null,
    names: [...names],
    prompts: Boolean(asset.original_prompt || asset.negative_prompt) || asset.generation !== null,
    serials: [...serials],
    canStrip: strippedFormat(asset.mime_type) !== null,
  }
}

function collect(value: unknown, depth: number, names: Set<string>, serials: Set<string>): void {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (PEOPLE.has(name)) add(names, inner)
    else if (SERIALS.has(name)) add(serials, inner)
    else collect(inner, depth + 1, names, serials)
  }
}

function add(found: Set<string>, value: unknown): void {
  const texts = Array.isArray(value) ? value : [value]
  for (const text of texts) {
    if (found.size >= MOST_FOUND) return
    if (typeof text === 'string' && text.trim() !== '') found.add(text.trim().slice(0, 200))
  }
}
