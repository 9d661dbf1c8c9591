/** Longest slug on disk, UTF-8 bytes: readable, and short enough for whole paths on Windows. */
const MAX_SLUG_BYTES = 120
/** Longest file name on common file systems, UTF-8 bytes. */
export const MAX_NAME_BYTES = 255
const FALLBACK = 'file'
/** Names that Windows gives to devices, whatever follows the first dot. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)$/i

/**
 * The part of a file's name on disk that people read: the original name without its extension, safe on every file
 * system and never empty. Control, zero-width and direction characters go; what file systems forbid becomes a hyphen.
 */
export function slugify(fileName: string): string {
  const cleaned = withoutExtension(fileName.normalize('NFC'))
    .replace(/[<>:"/\\|?*\s]+/gu, '-')
    // Control (Cc), format (Cf: zero-width, bidi), lone surrogates, private use, unassigned, line separators.
    .replace(/[\p{C}\p{Zl}\p{Zp}\ufffd]/gu, '')
    // Variation selectors and fillers that show nothing.
    .replace(/\u115f|\u1160|\u3164|\uffa0|[\ufe00-\ufe0f]/g, '')
    // Full-width and other look-alikes of separators, and dots that look like more than one.
    .replace(/[\u2044\u2215\u29f8\uff0f\uff3c\u2216\ufe68\u2024-\u2026\ua789\uff1a]+/g, '-')
    .replace(/-{2,}/g, '-')
  const limited = trimEnds(limitBytes(trimEnds(cleaned), MAX_SLUG_BYTES)).normalize('NFC')
  if (limited === '') return FALLBACK
  return RESERVED.test(limited.split('.')[0] ?? '') ? `_${limited}` : limited
}

/**
 * The name of an original on disk: `<slug>.<hash>.<extension>`; at most 255 bytes.
 * @param hash the first digits of the content's SHA-256
 * @param extension lower-case without dot, '' for none
 */
export function storedName(fileName: string, hash: string, extension: string): string {
  const safe = extension
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 16)
  return `${slugify(fileName)}.${hash}${safe === '' ? '' : `.${safe}`}`
}

/** The name a person would know a stored original by: the inverse of `storedName`, as far as it can be undone. */
export function nameFromStored(stored: string): string {
  return stored.replace(/\.[0-9a-f]{12,64}(?=(\.[a-z0-9]{1,16})?$)/, '')
}

function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 && name.length - dot <= 17 && /^[\p{L}\p{N}_]+$/u.test(name.slice(dot + 1)) ? name.slice(0, dot) : name
}

/** Leading dots hide a file, trailing dots and spaces vanish on Windows, hyphens at the ends say nothing. */
function trimEnds(text: string): string {
  return text.replace(/^[.\s-]+|[.\s-]+$/gu, '')
}

function limitBytes(text: string, bytes: number): string {
  let used = 0
  let kept = ''
  for (const character of text) {
    used += Buffer.byteLength(character)
    if (used > bytes) break
    kept += character
  }
  return kept
}
