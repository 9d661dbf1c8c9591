import { open } from 'node:fs/promises'
import { type ByteSource, fileSource } from '../../carriers/byteSource.ts'

/** Runs `read` with the bytes of a file, which is closed afterwards. Throws the file system's error. */
export async function withSource<T>(path: string, read: (source: ByteSource) => T | Promise<T>): Promise<T> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    return await read(fileSource(handle.fd, size))
  } finally {
    await handle.close()
  }
}
