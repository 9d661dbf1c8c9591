import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { open } from 'node:fs/promises'

/** How long the scan may hold the event loop before others get their turn, milliseconds. */
const SLICE_MS = 4
const OWNER_MAY_WRITE = 0o200

/**
 * Which of these files some other program of this user has open for writing right now, as far as the system tells:
 * Linux lists the open files of every process, Windows refuses to share them. Elsewhere nothing is known, and the
 * answer is empty.
 */
export async function openForWriting(paths: readonly string[]): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set()
  if (process.platform === 'linux') return scanProcesses(new Set(paths))
  if (process.platform === 'win32') return refusedPaths(paths)
  return new Set()
}

async function scanProcesses(paths: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const busy = new Set<string>()
  const own = String(process.pid)
  let sliceEnd = performance.now() + SLICE_MS
  for (const pid of list('/proc')) {
    if (!/^\d+$/.test(pid) || pid === own) continue
    const folder = `/proc/${pid}/fd`
    for (const fd of list(folder)) {
      const target = readLink(`${folder}/${fd}`)
      if (target !== null && paths.has(target) && isWritable(`${folder}/${fd}`)) busy.add(target)
    }
    if (performance.now() < sliceEnd) continue
    await new Promise((resolve) => setImmediate(resolve))
    sliceEnd = performance.now() + SLICE_MS
  }
  return busy
}

/** Processes end while one looks, and those of other users can't be looked into. */
function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function readLink(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}

/** The permissions of the link in `/proc` say how the file was opened. */
function isWritable(path: string): boolean {
  try {
    return (lstatSync(path).mode & OWNER_MAY_WRITE) !== 0
  } catch {
    return false
  }
}

async function refusedPaths(paths: readonly string[]): Promise<ReadonlySet<string>> {
  const busy = new Set<string>()
  for (const path of paths) {
    try {
      await (await open(path, 'r+')).close()
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EBUSY') busy.add(path)
    }
  }
  return busy
}
