import { open, rename, rm } from 'node:fs/promises'

/** Replaces a file by new text so that a crash at any moment leaves the old or the new content, never a mixture. */
async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    const handle = await open(temporary, 'w', mode)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Writes one file, one version after the other, each atomically; of versions that wait only the newest is written. */
export interface AtomicFile {
  write(text: string): Promise<void>
  /** Resolves when nothing waits any more, whether the writes succeeded or not. */
  settled(): Promise<void>
}

/** The file is readable by its owner only (0600). */
export function atomicFile(path: string): AtomicFile {
  let newest = ''
  let running: Promise<void> = Promise.resolve()
  let queued: Promise<void> | null = null
  return {
    write(text) {
      newest = text
      queued ??= running
        .catch(() => undefined) // reported to whoever asked for that write
        .then(() => {
          queued = null
          return replaceFile(path, newest, 0o600)
        })
      running = queued
      return queued
    },
    async settled() {
      await running.catch(() => undefined) // likewise
    },
  }
}
