import { readSlice } from '../readSlice.ts'
import { decodeText } from './decodeText.ts'
import { plainFromRtf } from './plainFromRtf.ts'

/** What is read of a text for a person to read, bytes; some four hundred pages. */
const READ = 1024 * 1024

/** The beginning of a text file without what can't be shown, and how many bytes of it were read. */
export async function readableText(path: string, mimeType: string): Promise<{ text: string; bytes: number }> {
  const bytes = await readSlice(path, 0, READ)
  const { text } = decodeText(bytes)
  const plain = mimeType === 'application/rtf' ? plainFromRtf(text) : text
  return { text: plain.replaceAll(/[^\P{C}\t\r\n]/gu, '').toWellFormed(), bytes: bytes.length }
}
