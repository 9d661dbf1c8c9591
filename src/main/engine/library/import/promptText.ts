import { open } from 'node:fs/promises'

/** Longer texts are documents, whatever is in them. */
const MOST_BYTES = 1024 * 1024

/**
 * Whether a text file holds a prompt as A1111 and its relatives write it beside a picture: `Steps: <number>`, and a
 * `Sampler:` or a `Seed:`. Anything else is a person's own text. Throws as `fs` does.
 */
export async function isPromptFile(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size > MOST_BYTES) return false
    const buffer = Buffer.alloc(size)
    const { bytesRead } = await file.read(buffer, 0, size, 0)
    return isPromptText(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

export function isPromptText(bytes: Uint8Array): boolean {
  const text = decode(bytes)
  return /(?:^|[\n,])\s{0,8}Steps: {0,2}\d/.test(text) && /(?:^|[\n,])\s{0,8}(?:Sampler|Seed): {0,2}\S/.test(text)
}

/** UTF-8, or UTF-16 with its mark, as some Windows programs write it. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder().decode(bytes)
}
