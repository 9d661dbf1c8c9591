/** Bytes 0x80 to 0x9f of Windows-1252; those that it leaves free are �. Source: Unicode's mapping table CP1252. */
const WINDOWS_80_TO_9F = '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ'
/** Bytes 0x80 to 0xff of Mac OS Roman. Source: Unicode's mapping table ROMAN. */
const MAC_80_TO_FF =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø' +
  '¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ'

/** Characters that decide between the two legacy encodings. */
const SAMPLE = 2000

const strict = new TextDecoder('utf-8', { fatal: true })

/**
 * A text of which nobody says how it is encoded: UTF-8 if it is valid, else Windows-1252 or Mac OS Roman, whichever makes
 * better words of it. The first two are what programs write into fields that are ASCII by their standard, the third is what
 * Macs wrote into IPTC records before 2000.
 */
export function decodeText(bytes: Uint8Array): string {
  return decodeUtf8(bytes) ?? decodeLegacy(bytes)
}

/**
 * The text, if the bytes are valid UTF-8. A character that is cut off at the end, as by the length limits of IPTC, is
 * dropped where other characters beyond ASCII show that it is UTF-8.
 */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes)
  } catch {
    // Not valid as a whole.
  }
  const cut = lastCharacterStart(bytes)
  if (cut === null || bytes.subarray(0, cut).every((byte) => byte < 0x80)) return null
  try {
    return strict.decode(bytes.subarray(0, cut))
  } catch {
    return null
  }
}

/** Where the last character starts if it needs more bytes than there are. */
function lastCharacterStart(bytes: Uint8Array): number | null {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return null
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.length - back : null
    }
  }
  return null
}

/** Windows-1252, which is Latin-1 with letters and quotation marks in place of its control characters. */
export function decodeWindows1252(bytes: Uint8Array): string {
  return decodeBytes(bytes, (byte) =>
    byte < 0xa0 ? (WINDOWS_80_TO_9F[byte - 0x80] ?? '�') : String.fromCharCode(byte),
  )
}

function decodeMacRoman(bytes: Uint8Array): string {
  return decodeBytes(bytes, (byte) => MAC_80_TO_FF[byte - 0x80] ?? '�')
}

function decodeBytes(bytes: Uint8Array, high: (byte: number) => string): string {
  const characters: string[] = []
  for (const byte of bytes) characters.push(byte < 0x80 ? String.fromCharCode(byte) : high(byte))
  return characters.join('')
}

function decodeLegacy(bytes: Uint8Array): string {
  const windows = decodeWindows1252(bytes)
  const mac = decodeMacRoman(bytes)
  return likelihood(mac) > likelihood(windows) ? mac : windows
}

/**
 * How many of the characters beyond ASCII stand where such characters stand: small letters beside letters, capitals at the
 * beginning of words or among capitals, punctuation anywhere but inside of a word, apostrophes there too.
 */
function likelihood(text: string): number {
  let sum = 0
  for (let at = 0; at < Math.min(text.length, SAMPLE); at++) {
    const character = text[at] ?? ''
    if (character < '\u0080') continue
    const before = text[at - 1] ?? ' '
    const after = text[at + 1] ?? ' '
    const inWord = isLetter(before) && isLetter(after)
    if (character === '�') sum -= 1
    else if (character === '’') sum += 1
    else if (/\p{Ll}/u.test(character)) sum += isLetter(before) || isLetter(after) ? 1 : 0
    else if (/\p{Lu}/u.test(character)) sum += isLower(before) || (!isLetter(before) && !isLetter(after)) ? 0 : 1
    else if (/[‘“”–—…«»‹›„‚•·°©®™€£¥§¿¡]/.test(character)) sum += inWord ? 0 : 1
  }
  return sum
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character)
}

function isLower(character: string): boolean {
  return /\p{Ll}/u.test(character)
}
