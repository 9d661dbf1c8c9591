import { type BigIntStats, closeSync, openSync, readSync, statSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'

/** A file that is open for reading. */
export interface OpenSource {
  /** Bytes that were put into the buffer, 0 at the end of the file. */
  read(buffer: Buffer, position: number): number | Promise<number>
  close(): void | Promise<void>
}

/** How files are looked at and read. Everything throws or rejects as `fs` does. */
export interface SourceAccess {
  stat(path: string): BigIntStats | Promise<BigIntStats>
  open(path: string): OpenSource | Promise<OpenSource>
}

/** For threads that have to answer meanwhile. */
export const inThreadPool: SourceAccess = {
  stat: (path) => stat(path, { bigint: true }),
  async open(path) {
    const file = await open(path, 'r')
    return {
      async read(buffer, position) {
        const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
        return bytesRead
      },
      close: () => file.close(),
    }
  },
}

/**
 * For threads whose only work it is: the way through the thread pool and back costs more than a small file does. While a slow
 * disk is waited for, the thread does nothing else.
 */
export const atOnce: SourceAccess = {
  stat: (path) => statSync(path, { bigint: true }),
  open(path) {
    const file = openSync(path, 'r')
    return {
      read: (buffer, position) => readSync(file, buffer, 0, buffer.length, position),
      close: () => closeSync(file),
    }
  },
}
