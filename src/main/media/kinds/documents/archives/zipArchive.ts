import { type Entry, openPromise, type ZipFile } from 'yauzl'

/** More than any document has; what follows is not looked at. */
const ENTRY_LIMIT = 20_000
const NAME_LIMIT = 512

/** A zip file that is open. */
export interface ZipArchive {
  /** Names of files (not folders) in the order of the central directory. */
  readonly names: readonly string[]
  /** False if there are more files than were looked at. */
  readonly complete: boolean
  /**
   * The bytes of one file; null if it isn't there, is encrypted or damaged, packed by another method than deflate, or
   * larger than `limit` whatever it declares.
   */
  read(name: string, limit: number): Promise<Buffer | null>
}

/**
 * Opens a zip file for as long as `use` takes, zip64 too. Null if it is no zip file that can be read.
 * Source: PKWARE's APPNOTE 6.3.10, as yauzl reads it.
 * @throws the file system's error
 */
export async function withZip<T>(path: string, use: (archive: ZipArchive) => Promise<T>): Promise<T | null> {
  const zip = await orNull(openPromise(path, { autoClose: false, lazyEntries: true, decodeStrings: false }))
  if (zip === null) return null
  // An error that no call waits for would otherwise end the process; the call that comes next tells it as well.
  zip.on('error', () => undefined)
  try {
    const entries = await entriesOf(zip)
    return await use({
      names: [...entries.keys()],
      complete: zip.entryCount <= ENTRY_LIMIT,
      read: async (name, limit) => {
        const entry = entries.get(name)
        return entry === undefined ? null : readEntry(zip, entry, limit)
      },
    })
  } finally {
    zip.close()
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  const list = async () => {
    for await (const entry of zip.eachEntry()) {
      const raw = entry.fileNameRaw
      if (raw.length > 0 && raw.length <= NAME_LIMIT && raw.at(-1) !== SLASH) entries.set(raw.toString('utf8'), entry)
      if (zip.entriesRead >= ENTRY_LIMIT) break
    }
  }
  // A central directory that breaks off: what was listed before can still be read.
  await orNull(list())
  return entries
}

const SLASH = 0x2f

async function readEntry(zip: ZipFile, entry: Entry, limit: number): Promise<Buffer | null> {
  if (entry.isEncrypted() || entry.uncompressedSize > limit) return null
  return orNull(
    (async () => {
      const chunks: Buffer[] = []
      let length = 0
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        chunks.push(chunk)
        length += chunk.length
        if (length > limit) return null
      }
      return Buffer.concat(chunks, length)
    })(),
  )
}

/** Null for what is wrong with the archive; the file system's own errors are thrown on. */
async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error
    return null
  }
}
