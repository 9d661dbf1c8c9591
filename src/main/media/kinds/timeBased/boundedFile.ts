import { open } from 'node:fs/promises'
import type { ReadBytes } from '../../../../shared/containers/isoBoxes.ts'

/** Bytes that may be read from one file to find out what it is like; the index of a long film is some tens of MB. */
const READ_BUDGET = 64 * 1024 ** 2
/** The longest single read, bytes. */
const LONGEST_READ = 32 * 1024 ** 2

/** A file of which no more is read than a header deserves, whatever its content asks for. */
export interface BoundedFile {
  /** Bytes. */
  readonly size: number
  /**
   * Fewer bytes than asked for where the file ends.
   * @throws {ReadBudgetError} when the content has had too much read already.
   */
  readonly read: ReadBytes
}

/** The content of a file sends its reader around in it without an end. */
export class ReadBudgetError extends Error {
  constructor() {
    super('More was to be read than any header needs.')
  }
}

/**
 * Opens a file for the time of `use`. An error of the file system is thrown after `use` although a parser may have taken
 * it for damage in between.
 * @throws the file system's error
 */
export async function withBoundedFile<T>(path: string, use: (file: BoundedFile) => Promise<T>): Promise<T> {
  const handle = await open(path)
  let failure: unknown = null
  let left = READ_BUDGET
  try {
    const { size } = await handle.stat()
    const read: ReadBytes = async (position, length) => {
      const wanted = Math.min(length, size - position)
      if (!(wanted > 0) || position < 0) return new Uint8Array()
      left -= wanted
      if (left < 0 || wanted > LONGEST_READ) throw new ReadBudgetError()
      const buffer = new Uint8Array(wanted)
      let filled = 0
      try {
        while (filled < wanted) {
          const { bytesRead } = await handle.read(buffer, filled, wanted - filled, position + filled)
          if (bytesRead === 0) break
          filled += bytesRead
        }
      } catch (error) {
        failure = error
        throw error
      }
      return buffer.subarray(0, filled)
    }
    const result = await use({ size, read })
    if (failure !== null) throw failure
    return result
  } finally {
    await handle.close()
  }
}
