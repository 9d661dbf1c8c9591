/**
 * Decodes the hexadecimal digits of comment lines (`% 00FF…`), which is how binary data is put into PostScript. Every
 * other character is passed over.
 * @param limit bytes decoded at most
 */
export function hexLines(text: Buffer, limit: number): Buffer {
  const bytes = Buffer.alloc(Math.min(limit, text.length >> 1))
  let length = 0
  let high = -1
  for (const character of text) {
    const digit = digitOf(character)
    if (digit < 0) continue
    if (high < 0) {
      high = digit
      continue
    }
    if (length === bytes.length) break
    bytes[length++] = (high << 4) | digit
    high = -1
  }
  return bytes.subarray(0, length)
}

function digitOf(character: number): number {
  if (character >= 0x30 && character <= 0x39) return character - 0x30
  const letter = character | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/**
 * What stands between a line that begins with `begin` and the next that begins with `end` (or the end of the text), and
 * the rest of the first line. Null without such a line.
 */
export function between(text: Buffer, begin: string, end: string): { argument: string; body: Buffer } | null {
  const at = text.indexOf(begin, 0, 'latin1')
  if (at < 0) return null
  const after = at + begin.length
  const line = text.subarray(after, after + 256)
  const lineLength = line.findIndex((byte) => byte === 0x0a || byte === 0x0d)
  if (lineLength < 0) return null
  const start = after + lineLength
  const stop = text.indexOf(end, start, 'latin1')
  return {
    argument: line.toString('latin1', 0, lineLength).trim(),
    body: text.subarray(start, stop < 0 ? text.length : stop),
  }
}
