import { open } from 'node:fs/promises'
import type { ReadBytes } from '../../../../shared/containers/isoBoxes.ts'
import { isoTrackKinds, matroskaTrackKinds, type TrackKinds } from '../../../../shared/containers/trackKinds.ts'

/** What a container for films is when there is only sound in it, by its MIME type; `extension` where it has one of its own. */
const SOUND_ONLY: Readonly<Record<string, { readonly mimeType: string; readonly extension?: string }>> = {
  'video/mp4': { mimeType: 'audio/mp4', extension: 'm4a' },
  'video/x-m4v': { mimeType: 'audio/mp4', extension: 'm4a' },
  'video/quicktime': { mimeType: 'audio/mp4' },
  'video/3gpp': { mimeType: 'audio/3gpp' },
  'video/3gpp2': { mimeType: 'audio/3gpp2' },
  'video/matroska': { mimeType: 'audio/matroska', extension: 'mka' },
  'video/webm': { mimeType: 'audio/webm' },
}

/**
 * The type of a container for films in which there is only sound; null for one with pictures, or of which that can't be
 * told. Reads headers only: out of `head` where they are in it, otherwise out of the file.
 */
export async function soundOnly(
  mimeType: string,
  head: Buffer,
  size: number,
  path: string,
): Promise<{ readonly mimeType: string; readonly extension?: string } | null> {
  const sound = Object.hasOwn(SOUND_ONLY, mimeType) ? SOUND_ONLY[mimeType] : undefined
  if (sound === undefined) return null
  const kindsOf = mimeType === 'video/matroska' || mimeType === 'video/webm' ? matroskaTrackKinds : isoTrackKinds
  const kinds = await readKinds(kindsOf, head, size, path)
  return kinds?.audio && !kinds.video ? sound : null
}

async function readKinds(
  kindsOf: (read: ReadBytes, size: number) => Promise<TrackKinds | null>,
  head: Buffer,
  size: number,
  path: string,
): Promise<TrackKinds | null> {
  const file = await open(path)
  try {
    return await kindsOf(async (position, length) => {
      if (position + length <= head.length) return head.subarray(position, position + length)
      if (position >= size) return new Uint8Array()
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
      return buffer.subarray(0, bytesRead)
    }, size)
  } finally {
    await file.close()
  }
}
