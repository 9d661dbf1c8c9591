import type { AssetType } from '../../../shared/domain/asset.ts'
import type { GenerationRequestId } from '../../../shared/domain/generationRequest.ts'
import { type DeviceId, deviceIdSchema, type LibraryId, type Sha256 } from '../../../shared/domain/ids.ts'
import { adoptedKeyOf } from '../catalog/adoptedKey.ts'

/**
 * The first segment of every key of a library below the remote's prefix: the library's id. It never changes, every
 * device of the library knows it, and two libraries can never write over each other.
 */
export type Owner = LibraryId

/** What the key of an original is made of. */
export interface KeyedAsset {
  readonly storagePath: string
  readonly assetType: AssetType
  readonly fileName: string
  readonly sha256: Sha256
  /** Milliseconds since the Unix epoch. */
  readonly importedAt: number
  /** Where another program put the bytes, as `adoptedKey.ts` has it. */
  readonly objectKey?: string | null
}

/** Fonts, models and what has no type of its own go to `documents`, so that the bucket has the four folders of the design. */
const FOLDER_OF_TYPE: Readonly<Record<AssetType, string>> = {
  image: 'images',
  video: 'videos',
  audio: 'audio',
  document: 'documents',
  model: 'documents',
  font: 'documents',
  other: 'documents',
}

/** Longest prefix of a remote, bytes; the rest of a key is at most 320, and S3 takes 1024. */
export const LONGEST_PREFIX_BYTES = 512
const LONGEST_NAME_BYTES = 255
const LONGEST_SLUG_BYTES = 80
const STORED_ORIGINAL = /^originals\/(\d{4})\/(\d{2})\/([^/]+)$/
const RETIRED = '.retired.json'
const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/** Key of the description of the library, which is created once and must match ever after. */
export function libraryKey(owner: Owner): string {
  return `${owner}/library.json`
}

/** Key of the thumbnail (the one of 600 pixels) of the file with this hash. */
export function thumbnailKey(owner: Owner, sha256: Sha256): string {
  return `${owner}/thumbnails/${sha256.slice(0, 2)}/${sha256}.webp`
}

/** Key of a file that describes others, by its hash: what it is called and beside what it stands is said by its asset. */
export function sidecarKey(owner: Owner, sha256: Sha256): string {
  return `${owner}/sidecars/${sha256.slice(0, 2)}/${sha256}`
}

/** Key of what a device says of itself. */
export function deviceKey(owner: Owner, device: string): string {
  return `${owner}/devices/${device}.json`
}

/** Key of the statement that a device does not count any more, which stays for ever. */
export function retirementKey(owner: Owner, device: string): string {
  return `${devicesPrefix(owner)}${device}${RETIRED}`
}

/** What the keys of all devices begin with. */
export function devicesPrefix(owner: Owner): string {
  return `${owner}/devices/`
}

/** What the keys of a device's log begin with. */
export function logPrefix(owner: Owner, device: string): string {
  return `${owner}/log/${device}/`
}

/** Key of a segment of a device's log: 16 digits, so that keys sort by sequence. */
export function logKey(owner: Owner, device: string, seq: number): string {
  return `${logPrefix(owner, device)}${String(seq).padStart(16, '0')}.jsonl.gz`
}

/** What the keys of all checkpoints begin with. */
export function checkpointsPrefix(owner: Owner): string {
  return `${owner}/checkpoints/`
}

/** Key of a checkpoint: what a new device begins with. */
export function checkpointKey(owner: Owner, id: string): string {
  return `${checkpointsPrefix(owner)}${id}.json`
}

/** The id of the checkpoint that a key stands for, null for any other key. */
export function checkpointOfKey(owner: Owner, key: string): string | null {
  const prefix = checkpointsPrefix(owner)
  if (!key.startsWith(prefix)) return null
  return /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/.exec(key.slice(prefix.length))?.[1] ?? null
}

/** What the keys of all shards begin with. */
export function shardsPrefix(owner: Owner): string {
  return `${owner}/shards/`
}

/** Key of a part of a checkpoint, by the SHA-256 of what it unpacks to. */
export function shardKey(owner: Owner, sha256: string): string {
  return `${shardsPrefix(owner)}${sha256}.ndjson.gz`
}

/** The hash that the key of a shard names, null for any other key. */
export function shardOfKey(owner: Owner, key: string): string | null {
  const prefix = shardsPrefix(owner)
  if (!key.startsWith(prefix)) return null
  return /^([0-9a-f]{64})\.ndjson\.gz$/.exec(key.slice(prefix.length))?.[1] ?? null
}

/** Key of a round of removals: what may go, and since when that is said. */
export function removalKey(owner: Owner, id: string): string {
  return `${owner}/gc/${id}.json`
}

/** The device that a key belongs to, null for a key that is none of a device. */
export function deviceOfKey(owner: Owner, key: string): DeviceId | null {
  return idInKey(devicesPrefix(owner), key, '.json')
}

/** The device that a key says to be retired, null for any other key. */
export function retiredOfKey(owner: Owner, key: string): DeviceId | null {
  return idInKey(devicesPrefix(owner), key, RETIRED)
}

function idInKey(prefix: string, key: string, suffix: string): DeviceId | null {
  if (!key.startsWith(prefix) || !key.endsWith(suffix)) return null
  const id = deviceIdSchema.safeParse(key.slice(prefix.length, -suffix.length))
  return id.success ? id.data : null
}

/** The sequence that a key of a device's log stands for, null for any other key. */
export function seqOfKey(owner: Owner, device: string, key: string): number | null {
  const prefix = logPrefix(owner, device)
  if (!key.startsWith(prefix)) return null
  const [, digits] = /^(\d{16})\.jsonl\.gz$/.exec(key.slice(prefix.length)) ?? []
  const seq = Number(digits)
  return Number.isSafeInteger(seq) && seq > 0 ? seq : null
}

/** Key of an original: where another program put it, if one did, else where this library puts it. */
export function originalKey(owner: Owner, asset: KeyedAsset): string {
  return adoptedKeyOf(asset.objectKey, asset.sha256) ?? ownKey(owner, asset)
}

/**
 * Key under which this library puts an original: `<owner>/images/2026/11/<slug>.<sha12>.<ext>`, the same year, month and name as below
 * `originals/`. A file that is linked in place, or whose path is not such a one, gets a name made of its own name, the
 * month of its import and its hash.
 */
export function ownKey(owner: Owner, asset: KeyedAsset): string {
  const folder = `${owner}/${FOLDER_OF_TYPE[asset.assetType]}`
  const [, year, month, name] = STORED_ORIGINAL.exec(asset.storagePath) ?? []
  if (name !== undefined && isSafeName(name) && name.includes(asset.sha256.slice(0, 12))) {
    return `${folder}/${year}/${month}/${name}`
  }
  return `${folder}/${monthOf(asset.importedAt)}/${slugOf(asset.fileName)}.${asset.sha256.slice(0, 12)}.${extensionOf(asset.fileName)}`
}

/**
 * Key of the copy that a link leads to: `<owner>/shares/<unguessable id>/<slug>.<ext>`. `extension` is of a copy in another
 * format than the file, null for a copy as it is.
 */
export function shareKey(owner: Owner, id: string, fileName: string, extension: string | null): string {
  return `${owner}/shares/${id}/${slugOf(fileName)}.${extension ?? extensionOf(fileName)}`
}

/** Key of what a request is to look at: `<owner>/references/<request>/<slug>.<sha12>.<ext>`, the same as long as the bytes are. */
export function referenceKey(
  owner: Owner,
  request: GenerationRequestId,
  { fileName, sha256 }: Pick<KeyedAsset, 'fileName' | 'sha256'>,
): string {
  return `${owner}/references/${request}/${slugOf(fileName)}.${sha256.slice(0, 12)}.${extensionOf(fileName)}`
}

/** Where an original has its place below the library's folder: as its key has it, whatever kind of file it is. */
export function storedPath(asset: KeyedAsset): string {
  return `originals/${ownKey('' as Owner, asset)
    .split('/')
    .slice(2)
    .join('/')}`
}

/** Whether a slash-separated prefix can stand before every key, in a bucket and in a folder. */
export function isSafePrefix(prefix: string): boolean {
  if (prefix === '') return true
  return Buffer.byteLength(prefix) <= LONGEST_PREFIX_BYTES && prefix.split('/').every(isSafeName)
}

/** One segment of a key that is a plain file name everywhere. */
function isSafeName(name: string): boolean {
  return (
    name.isWellFormed() &&
    Buffer.byteLength(name) <= LONGEST_NAME_BYTES &&
    !/^\.{0,2}$|[\p{Cc}\p{Cs}\u2028\u2029/\\:*?"<>|]|[. ]$/u.test(name)
  )
}

function monthOf(time: number): string {
  const date = new Date(Math.min(Math.max(time, 0), 253_402_300_799_000))
  return `${date.getUTCFullYear()}/${String(date.getUTCMonth() + 1).padStart(2, '0')}`
}

function slugOf(fileName: string): string {
  const stem = fileName.replace(/\.[^.]*$/, '')
  const plain = stem
    .toWellFormed()
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
  const slug = cutToBytes(plain, LONGEST_SLUG_BYTES).replace(/^-+|-+$/g, '')
  if (slug === '') return 'file'
  return RESERVED_ON_WINDOWS.test(slug) ? `${slug}-file` : slug
}

function extensionOf(fileName: string): string {
  return /\.([a-z0-9]{1,16})$/.exec(fileName.toLowerCase())?.[1] ?? 'bin'
}

/** The longest start of a text that fits, never half a character. */
function cutToBytes(text: string, most: number): string {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > most) break
    end += character.length
  }
  return text.slice(0, end)
}
