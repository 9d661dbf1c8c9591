import { open } from 'node:fs/promises'

/**
 * Reads a part of a file; fewer bytes than asked for where the file ends.
 * @throws the file system's error
 */
export async function readSlice(path: string, position: number, length: number): Promise<Buffer> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - position)))
    let filled = 0
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return buffer.subarray(0, filled)
  } finally {
    await handle.close()
  }
}
