import { basename, dirname, join } from 'node:path'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import { sidecarKind, sidecarNamesFor } from '../../../../shared/domain/sidecarNames.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Clock, WatchedFile } from '../../ports.ts'
import { isPromptFile } from './promptText.ts'

export interface WaitingSidecarsOptions {
  readonly catalog: Pick<Catalog, 'assets' | 'imports'>
  readonly clock: Clock
  /** Takes the file in: as what describes an asset, or as an ordinary file. */
  readonly take: (file: WatchedFile, describes: AssetId | null) => void
  /** Leaves the file where it is, because the one that it describes stays there too. */
  readonly leave: (file: WatchedFile) => void
}

/**
 * Files of the drop folder that have the name of a sidecar, until it is known what they describe. Generators write a
 * picture and its text in either order.
 */
export interface WaitingSidecars {
  add(file: WatchedFile): void
  /** A file is being taken in: what describes it waits for that. */
  expect(path: string): void
  /** It has been dealt with: what describes it follows, stays with it, or waits for another one. */
  dealtWith(path: string, outcome: 'taken' | 'failed' | 'gone'): void
  readonly size: number
  close(): void
}

/** How long a sidecar waits for a file that has not come yet, milliseconds. */
const WAIT_MS = 10_000
/** A sidecar that comes when its file has been taken in already was written about when that one was, milliseconds. */
const TOGETHER_MS = 2 * 60_000
/** Files of one stem that are looked at to find the one that is described. */
const MOST_CANDIDATES = 20

interface Held {
  readonly file: WatchedFile
  readonly since: number
  /** False while it is read, to tell a prompt from a document. */
  isChecked: boolean
  /** What it describes, once that is known. */
  owner: AssetId | null
}

export function createWaitingSidecars(options: WaitingSidecarsOptions): WaitingSidecars {
  const { clock } = options
  const { assets, imports } = options.catalog
  const held = new Map<string, Held>()
  /** Paths that a sidecar of a file under way would have, with those files. */
  const expected = new Map<string, Set<string>>()
  let cancelTimer: (() => void) | null = null
  let closed = false

  const add = async (file: WatchedFile): Promise<void> => {
    const entry: Held = { file, since: clock.now(), isChecked: false, owner: null }
    held.set(file.path, entry)
    const isSidecar = sidecarKind(basename(file.path)) !== 'txt' || (await isPromptFile(file.path).catch(() => false))
    // Replaced meanwhile by a newer version of itself, which is read in its turn.
    if (held.get(file.path) !== entry || closed) return
    entry.isChecked = true
    if (isSidecar) decide(entry)
    else release(entry, null)
  }
  const decide = (entry: Held): void => {
    if (entry.owner === null && expected.has(entry.file.path)) return
    const owner = entry.owner ?? takenLately(entry.file)
    const left = entry.since + WAIT_MS - clock.now()
    // A clock that was set back would otherwise hold it for as long.
    if (owner !== undefined) release(entry, owner)
    else if (left <= 0 || left > WAIT_MS) release(entry, null)
    else cancelTimer ??= clock.after(left, look)
  }
  const look = (): void => {
    cancelTimer = null
    for (const entry of [...held.values()]) if (entry.isChecked) decide(entry)
  }
  const release = (entry: Held, owner: AssetId | null): void => {
    held.delete(entry.file.path)
    options.take(entry.file, owner)
  }
  /** The asset that a file of the right name and about the same time has become. */
  const takenLately = ({ path, mtimeMs }: WatchedFile): AssetId | undefined => {
    const name = basename(path)
    const stem = path.slice(0, -`.${sidecarKind(name) ?? ''}`.length)
    const exact = imports.takenAs(stem)
    const candidates = [
      ...(exact === undefined ? [] : [{ path: stem, assetId: exact }]),
      ...imports.takenBelow(`${stem}.`, MOST_CANDIDATES),
    ]
    return candidates.find(
      (taken) =>
        dirname(taken.path) === dirname(path) &&
        sidecarNamesFor(basename(taken.path)).includes(name) &&
        Math.abs(Date.parse(assets.get(taken.assetId)?.created_at ?? '') - mtimeMs) <= TOGETHER_MS,
    )?.assetId
  }

  return {
    add: (file) => void add(file),
    expect(path) {
      for (const sidecar of sidecarPaths(path)) expected.set(sidecar, (expected.get(sidecar) ?? new Set()).add(path))
    },
    dealtWith(path, outcome) {
      const owner = outcome === 'taken' ? imports.takenAs(path) : undefined
      for (const sidecar of sidecarPaths(path)) {
        const others = expected.get(sidecar)
        others?.delete(path)
        if (others?.size === 0) expected.delete(sidecar)
        const entry = held.get(sidecar)
        if (entry === undefined) continue
        if (owner !== undefined) entry.owner = owner
        if (outcome === 'failed' && !expected.has(sidecar) && entry.owner === null) {
          held.delete(sidecar)
          options.leave(entry.file)
        } else if (entry.isChecked) decide(entry)
      }
    },
    get size() {
      return held.size
    },
    close() {
      closed = true
      cancelTimer?.()
      cancelTimer = null
    },
  }
}

function sidecarPaths(path: string): string[] {
  return sidecarNamesFor(basename(path)).map((name) => join(dirname(path), name))
}
