import { type FSWatcher, watch } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import type { FolderEvents, FolderEventsListener } from '../ports.ts'

/** Where the system itself tells of everything below a folder; elsewhere each directory is listened to. */
const WHOLE_TREES = process.platform === 'darwin' || process.platform === 'win32'

/**
 * Hears that something changed in a directory, not what: what is there now is looked up by a scan, which also finds what
 * was never told. So nothing is kept for a file, and a folder with a hundred thousand of them costs a watch a directory.
 */
export function listenToFolder(root: string, listener: FolderEventsListener): FolderEvents {
  return WHOLE_TREES ? listenToTree(root, listener) : listenToDirectories(root, listener)
}

function listenToTree(root: string, listener: FolderEventsListener): FolderEvents {
  let events: FSWatcher | null = null
  try {
    events = watch(root, { recursive: true, persistent: false }, (_kind, name) => {
      const path = name === null ? '' : dirname(name).split(sep).join('/')
      listener.onChanged(path === '.' ? '' : path)
    })
    events.on('error', () => listener.onDeaf())
  } catch {
    // The folder is gone or can't be listened to: the next scan says which.
    listener.onDeaf()
  }
  return {
    listenTo: () => [],
    close: () => events?.close(),
  }
}

function listenToDirectories(root: string, listener: FolderEventsListener): FolderEvents {
  const watches = new Map<string, FSWatcher>()
  let isDeaf = false

  const stop = (path: string): void => {
    watches.get(path)?.close()
    watches.delete(path)
  }
  const begin = (path: string): boolean => {
    try {
      const events = watch(join(root, path), { persistent: false }, () => listener.onChanged(path))
      events.on('error', () => {
        stop(path)
        listener.onChanged(path)
      })
      watches.set(path, events)
      return true
    } catch (error) {
      // A directory that went away meanwhile is the next scan's; a system that allows no more watches is ours.
      if (
        !isDeaf &&
        error instanceof Error &&
        'code' in error &&
        (error.code === 'ENOSPC' || error.code === 'EMFILE')
      ) {
        isDeaf = true
        listener.onDeaf()
      }
      return false
    }
  }

  return {
    listenTo(directories) {
      for (const path of [...watches.keys()]) if (!directories.has(path)) stop(path)
      return [...directories].filter((path) => !watches.has(path) && !isDeaf && begin(path))
    },
    close() {
      for (const path of [...watches.keys()]) stop(path)
    },
  }
}
