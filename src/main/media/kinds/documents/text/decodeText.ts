/** The start of a text file, decoded. */
export interface DecodedText {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
}

/**
 * Decodes text: by its byte order mark, as UTF-8 if it is that, else as the Latin of old systems.
 * @param bytes may end inside of a character
 */
export function decodeText(bytes: Buffer): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodedAs('utf-16le', bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodedAs('utf-16be', bytes)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return { text, encoding: 'utf-8' }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return decodedAs('windows-1252', bytes)
  }
}

function decodedAs(encoding: Exclude<DecodedText['encoding'], 'utf-8'>, bytes: Buffer): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes, { stream: true }), encoding }
}
