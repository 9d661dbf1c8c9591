import { aessiv } from '@noble/ciphers/aes.js'
import { base32nopad } from '@scure/base'
import type { RemoteKey } from './remoteKey.ts'

/** Keys of objects below a remote's prefix, as they stand in an encrypted remote. */
export interface KeyNames {
  encode(key: string): string
  /** Null for a name that no key has: it is somebody else's. */
  decode(name: string): string | null
}

/** Longest part of a name between slashes, characters; file systems allow 255. */
const LONGEST_PART = 200
/** A part that goes on behind the slash ends with this. */
const GOES_ON = '_'
/** Of a name that is looked at; S3 has keys of 1024 bytes. */
const LONGEST_NAME = 4096
const MOST_PARTS = 40
const NUMBERED = /^\d{16}/
/** Folders whose names are remembered. */
const MOST_REMEMBERED = 4096

/**
 * Encrypts keys segment by segment with AES-256-SIV (RFC 5297), so that what is below a folder can be listed, and the same key
 * always has the same name. The path of the folder is what a segment is authenticated with: equal names in different folders
 * look different, and none can be moved. The result is base32 (RFC 4648) in small letters without padding, so that disks
 * which tell no case apart keep it. A segment that begins with 16 digits has them in front, so that a log stays in order.
 */
export function keyNames({ names: secret }: Pick<RemoteKey, 'names'>): KeyNames {
  const folders = remembered((key) => encodeFrom(key))
  const openFolders = remembered((name) => decodeFrom(name))

  const cipher = (folder: string) => aessiv(secret, Buffer.from(folder))

  function encodeSegment(folder: string, segment: string): string {
    const sealed = base32nopad.encode(cipher(folder).encrypt(Buffer.from(segment))).toLowerCase()
    const [digits] = NUMBERED.exec(segment) ?? []
    const whole = digits === undefined ? sealed : `${digits}-${sealed}`
    const parts: string[] = []
    for (let at = 0; at < whole.length; at += LONGEST_PART) parts.push(whole.slice(at, at + LONGEST_PART))
    return parts.join(`${GOES_ON}/`)
  }

  function decodeSegment(folder: string, name: string): string | null {
    const [, digits = '', sealed = ''] = /^(?:(\d{16})-)?([a-z2-7]+)$/.exec(name.toLowerCase()) ?? []
    try {
      const segment = Buffer.from(cipher(folder).decrypt(base32nopad.decode(sealed.toUpperCase()))).toString()
      return segment.startsWith(digits) && !segment.includes('/') ? segment : null
    } catch {
      return null // Neither library throws for anything but bytes that are not ours.
    }
  }

  function encodeFrom(key: string): string {
    const slash = key.lastIndexOf('/')
    if (slash < 0) return encodeSegment('', key)
    const folder = key.slice(0, slash)
    return `${folders(folder)}/${encodeSegment(folder, key.slice(slash + 1))}`
  }

  function decodeFrom(name: string): string | null {
    const parts = name.split('/')
    let first = parts.length - 1
    while (first > 0 && parts[first - 1]?.endsWith(GOES_ON)) first--
    const folder = first === 0 ? '' : openFolders(parts.slice(0, first).join('/'))
    if (folder === null) return null
    const whole = parts
      .slice(first)
      .map((part, index, all) => (index < all.length - 1 ? part.slice(0, -GOES_ON.length) : part))
      .join('')
    const segment = decodeSegment(folder, whole)
    if (segment === null) return null
    return first === 0 ? segment : `${folder}/${segment}`
  }

  const mayBeOurs = (name: string): boolean => name.length <= LONGEST_NAME && name.split('/').length <= MOST_PARTS
  return { encode: encodeFrom, decode: (name) => (mayBeOurs(name) ? decodeFrom(name) : null) }
}

/** Keeps what was computed, and forgets all of it when it has become much. */
function remembered<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const value = compute(text)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(text, value)
    return value
  }
}
