import { extname } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type FileTypeResult, fileTypeFromBuffer, fileTypeFromFile } from 'file-type'
import type { AssetType } from '../../../../shared/domain/asset.ts'
import { assetTypeOf, fittingExtension, refineByName } from './fileKinds.ts'
import { identifyPicture, isIcon } from './identifyPicture.ts'
import { sniffText, type TextKind } from './sniffText.ts'
import { soundOnly } from './soundOnly.ts'

/** What a file is, by its content; the name only decides where the content leaves a choice. */
export interface IdentifiedType {
  readonly mimeType: string
  /** Lower-case, without dot; '' if neither content nor name gives one. */
  readonly extension: string
  readonly assetType: AssetType
}

/** How much of a file's start decides; enough for every signature, most zip containers and long SVG prologues. */
export const HEAD_BYTES = 64 * 1024

const OPTIONS = { maxBufferSize: 1024 * 1024 }
/** Signatures that are text, or that no text starts with by accident. */
const TEXTUAL = /^(text\/|model\/|application\/(pdf|rtf|eps|postscript|xml|pgp|x-ms-regedit))/
/** Types that go by several names, or whose name says more than the type. */
const ONE_NAME: Readonly<Record<string, string>> = {
  'video/MP1S': 'video/mpeg',
  'video/MP2P': 'video/mpeg',
  'audio/ogg; codecs=opus': 'audio/ogg',
}
const unzip = promisify(gunzip)

/**
 * Identifies a file. Never throws for what the content is.
 * @param path where the whole file can be read, for containers whose start doesn't tell
 */
export async function identifyType(
  head: Buffer,
  size: number,
  path: string,
  fileName: string,
): Promise<IdentifiedType> {
  const named = nameExtension(fileName)
  const found = await bySignature(head, size, path)
  const signature = found?.mime === 'image/x-icon' && !isIcon(head, size) ? null : found
  const picture = await identifyPicture(signature?.mime ?? null, head, size, path, named)
  if (picture !== null) return asType(picture.mimeType, picture.extension)
  const text =
    signature === null || !TEXTUAL.test(signature.mime) || signature.ext === 'xml' ? sniffText(head, named) : null
  if (text !== null) return asType(text.mimeType, text.extension)
  if (signature?.ext === 'gz' && (await isZippedSvg(head))) return asType('image/svg+xml', 'svgz')
  if (signature === null) return asType(refineByName('application/octet-stream', named), safeExtension(named))
  const mimeType = mimeOf(signature, named)
  const sound = await soundOnly(mimeType, head, size, path)
  const extension = fittingExtension(sound?.extension ?? signature.ext.toLowerCase(), named)
  return asType(sound?.mimeType ?? mimeType, extension)
}

async function bySignature(head: Buffer, size: number, path: string): Promise<FileTypeResult | null> {
  const fromHead = await detect(() => fileTypeFromBuffer(head, OPTIONS))
  const undecided = fromHead === null || fromHead.mime === 'application/zip'
  return undecided && size > head.length
    ? ((await detect(() => fileTypeFromFile(path, OPTIONS))) ?? fromHead)
    : fromHead
}

async function detect(read: () => Promise<FileTypeResult | undefined>): Promise<FileTypeResult | null> {
  try {
    return (await read()) ?? null
  } catch {
    // A parser that stumbles over damaged content has not recognised it; what is wrong with it is the decoders' finding.
    return null
  }
}

function mimeOf(signature: FileTypeResult, named: string): string {
  if (signature.mime === 'application/eps') return named === 'ai' ? 'application/illustrator' : 'application/postscript'
  if (signature.mime === 'application/postscript' && named === 'ai') return 'application/illustrator'
  return refineByName(ONE_NAME[signature.mime] ?? signature.mime, named)
}

function asType(mimeType: string, extension: string): IdentifiedType {
  return { mimeType, extension, assetType: assetTypeOf(mimeType) }
}

async function isZippedSvg(head: Buffer): Promise<boolean> {
  try {
    const options = { finishFlush: 2, maxOutputLength: 1024 * 1024 }
    const kind: TextKind | null = sniffText((await unzip(head, options)).subarray(0, HEAD_BYTES), '')
    return kind?.mimeType === 'image/svg+xml'
  } catch {
    // Damaged, or it grows beyond what a drawing's start could be: then it is what its signature says.
    return false
  }
}

function nameExtension(fileName: string): string {
  return extname(fileName).slice(1).toLowerCase()
}

function safeExtension(extension: string): string {
  return /^[a-z0-9]{1,16}$/.test(extension) ? extension : ''
}
