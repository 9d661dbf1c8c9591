import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { sidecarKind } from '../../../shared/domain/sidecarNames.ts'
import type { CarrierText } from '../carriers/carriers.ts'
import { decodeUtf16 } from '../carriers/decodeText.ts'
import { decodeText } from './undeclaredText.ts'

export interface Sidecars {
  /** The XMP packet beside the file; null if there is none. */
  readonly xmp: string | null
  /** Texts that image generators wrote beside it: carrier `sidecar`, key `txt` or `swarm.json`. */
  readonly texts: readonly CarrierText[]
}

/** In bytes; larger files of that name are no sidecars. */
const LIMITS = { txt: 1024 ** 2, xmp: 16 * 1024 ** 2, 'swarm.json': 16 * 1024 ** 2 } as const

/** Without waiting for somebody to write into what turns out to be a pipe; Windows has no such flag. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * Reads files that describe another one, by their absolute paths. One that is not there any more, can't be read, is empty
 * or too large is absent. Encodings: UTF-8 with or without a byte order mark, UTF-16 with one or, as every XML parser tells
 * it, by its first `<`; else one byte for each character.
 */
export async function readSidecars(paths: readonly string[]): Promise<Sidecars> {
  let xmp: string | null = null
  const texts: CarrierText[] = []
  for (const path of paths) {
    const kind = sidecarKind(path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1))
    const bytes = kind === null ? null : await readUpTo(path, LIMITS[kind])
    if (kind === null || bytes === null) continue
    const text = decodeSidecar(bytes)
    if (kind !== 'xmp') texts.push({ carrier: 'sidecar', key: kind, text, bytes })
    else xmp ??= text
  }
  return { xmp, texts }
}

function decodeSidecar(bytes: Uint8Array): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return decodeUtf16(bytes, true)
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return decodeUtf16(bytes, false)
  return decodeText(bytes)
}

/** The bytes of a file, null for an empty or larger one, and for what is no file or can't be read. */
async function readUpTo(path: string, limit: number): Promise<Uint8Array | null> {
  try {
    const file = await open(path, READ_ONLY)
    try {
      const found = await file.stat()
      if (!found.isFile() || found.size === 0 || found.size > limit) return null
      const { buffer, bytesRead } = await file.read(Buffer.alloc(found.size), 0, found.size, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    // Whatever the file system says, it is no description.
    if (isSystemError(error)) return null
    throw error
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
