import { open } from 'node:fs/promises'

interface Folder {
  /** Ends when the sync that is under way does. */
  running: Promise<void>
  /** The one after it, which all share who come meanwhile. */
  next: Promise<void> | null
}

const folders = new Map<string, Folder>()

/**
 * Makes the renames in a folder durable that were done before the call. Calls that come while the disk is busy share one
 * sync, so that many small files cost little more than one. Windows has no such call and needs none. Throws as `fs` does.
 */
export function settleFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return Promise.resolve()
  const busy = folders.get(path)
  if (busy) {
    busy.next ??= busy.running.catch(() => undefined).then(() => begin(path))
    return busy.next
  }
  return begin(path)
}

function begin(path: string): Promise<void> {
  const folder: Folder = { running: sync(path), next: null }
  folders.set(path, folder)
  const forget = (): void => {
    if (folders.get(path) === folder && folder.next === null) folders.delete(path)
  }
  folder.running.then(forget, forget)
  return folder.running
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
