import { closeSync, fstatSync, openSync } from 'node:fs'
import { type ByteSource, fileSource } from '../../carriers/byteSource.ts'

/**
 * Runs `read` with the bytes of a file, which is closed afterwards. Rejects with the file system's error. Opened at once and
 * not in the thread pool: a decoder has one file at a time and nothing else to do meanwhile.
 */
export async function withSource<T>(path: string, read: (source: ByteSource) => T | Promise<T>): Promise<T> {
  const descriptor = openSync(path, 'r')
  try {
    return await read(fileSource(descriptor, fstatSync(descriptor).size))
  } finally {
    closeSync(descriptor)
  }
}
