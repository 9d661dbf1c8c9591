import type { BigIntStats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import type { SkipCode } from '../../../../shared/domain/import.ts'
import { describedBy, findSidecars, folderNames } from '../../../../shared/domain/sidecarNames.ts'
import type { NewImportItem } from '../../catalog/importRecords.ts'
import { sourceError } from './fileErrors.ts'
import type { IgnoreFilter } from './ignorePatterns.ts'
import { skipCode } from './skipList.ts'

/** One thing an import comes across. A path appears at most once. */
export type FoundEntry =
  | {
      readonly kind: 'file'
      readonly path: string
      readonly bytes: number
      /** Absolute paths of what describes it, going by the names. */
      readonly sidecars: readonly string[]
      /** Absolute paths of what it describes itself, going by the names; null for an ordinary file. */
      readonly sidecarOf: readonly string[] | null
      /** What is known of an object of a bucket, whose key is the path. */
      readonly object?: NewImportItem['object']
      /** The asset that it describes, when that is known already. */
      readonly assetId?: AssetId
    }
  | { readonly kind: 'skipped'; readonly path: string; readonly bytes: number; readonly code: SkipCode }
  | { readonly kind: 'problem'; readonly path: string; readonly error: VitrineError }

export interface WalkOptions {
  /** A folder that is never entered: the library itself, when it lies inside of what is imported. */
  readonly exclude?: string
  /** What is left out, by its path below what the caller names. */
  readonly ignore?: IgnoreFilter
  readonly signal?: AbortSignal
}

/**
 * Everything below the given files and folders, in the order of names. Links to folders are followed unless they lead
 * back; a folder that is reached twice is walked once. What can't be read is a problem of that path, and the walk goes
 * on. A path that the caller names is looked at even if its name is hidden, and brings its sidecars along.
 */
export async function* walkSources(paths: readonly string[], options: WalkOptions = {}): AsyncGenerator<FoundEntry> {
  const walk: Walk = { seen: new Set(), signal: options.signal, ignore: options.ignore ?? (() => false) }
  const named = namedFolders(paths)
  if (options.exclude !== undefined) walk.seen.add(identityOf(await stat(options.exclude, { bigint: true })))
  for (const path of paths) {
    const folder = dirname(resolve(path))
    const beside = await besideNamed(folder, named, walk)
    let sidecars: readonly string[] = []
    for await (const entry of walkEntry(resolve(path), '', [], walk, beside)) {
      // Beside a folder that is named, nothing describes it.
      if (entry.kind === 'file' && entry.path === resolve(path)) sidecars = beside.sidecars(basename(path))
      yield entry
    }
    for (const name of sidecars) {
      if (!named.get(folder)?.names.has(name)) yield* walkEntry(join(folder, name), '', [], walk, beside)
    }
  }
}

/** Which files of one folder describe which. */
interface Beside {
  /** True for paths that the caller names. */
  readonly named: boolean
  sidecars(name: string): readonly string[]
  describes(name: string): readonly string[]
}

/** The folders of what the caller names, with the names, so that each is read once however many files are named. */
function namedFolders(paths: readonly string[]): Map<string, { readonly names: Set<string>; beside: Beside | null }> {
  const folders = new Map<string, { readonly names: Set<string>; beside: Beside | null }>()
  for (const path of paths.map((named) => resolve(named))) {
    const folder = folders.get(dirname(path))
    if (folder === undefined) folders.set(dirname(path), { names: new Set([basename(path)]), beside: null })
    else folder.names.add(basename(path))
  }
  return folders
}

async function besideNamed(folder: string, named: ReturnType<typeof namedFolders>, walk: Walk): Promise<Beside> {
  const known = named.get(folder)
  const names = known?.names ?? new Set<string>()
  const beside = known?.beside ?? {
    ...besideOf(names, await readdir(folder).catch(() => [...names]), '', walk),
    named: true,
  }
  if (known !== undefined) known.beside = beside
  return beside
}

/** The sidecars of `names` among all names of their folder. */
function besideOf(names: Iterable<string>, all: readonly string[], inside: string, { ignore }: Walk): Beside {
  const inFolder = folderNames(all.filter((name) => !ignore(join(inside, name), false)))
  const taken = [...names].filter((name) => skipCode(name) === null && !ignore(join(inside, name), false))
  const described = describedBy(taken, inFolder)
  return {
    named: false,
    sidecars: (name) => findSidecars(name, inFolder),
    describes: (name) => described.get(name) ?? [],
  }
}

interface Walk {
  /** Folders that were walked, or are not to be. */
  readonly seen: Set<string>
  readonly signal: AbortSignal | undefined
  readonly ignore: IgnoreFilter
}

/** `inside` is the folder of the path, relative to what the caller names. */
async function* walkEntry(
  path: string,
  inside: string,
  ancestors: readonly string[],
  walk: Walk,
  beside: Beside,
): AsyncGenerator<FoundEntry> {
  if (walk.signal?.aborted) return
  let found: BigIntStats
  try {
    found = await stat(path, { bigint: true })
  } catch (error) {
    yield { kind: 'problem', path, error: statError(error, path) }
    return
  }
  const isNamedFolder = beside.named && found.isDirectory()
  const code = skipCode(basename(path), found.isDirectory())
  const byName = isNamedFolder || (beside.named && code === 'hidden') ? null : code
  const isIgnored = !isNamedFolder && walk.ignore(join(inside, basename(path)), found.isDirectory())
  const skip = byName ?? (isIgnored ? 'ignored' : null)
  if (skip !== null) yield { kind: 'skipped', path, bytes: Number(found.size), code: skip }
  else if (found.isDirectory())
    yield* walkFolder(path, beside.named ? '' : join(inside, basename(path)), found, ancestors, walk)
  else if (found.isFile()) yield { kind: 'file', path, bytes: Number(found.size), ...relations(path, beside) }
  else yield { kind: 'problem', path, error: notAFile() }
}

function relations(path: string, beside: Beside): { sidecars: readonly string[]; sidecarOf: readonly string[] | null } {
  const folder = dirname(path)
  const inFolder = (names: readonly string[]): readonly string[] => names.map((name) => join(folder, name))
  const described = beside.describes(basename(path))
  return {
    sidecars: inFolder(beside.sidecars(basename(path))),
    sidecarOf: described.length === 0 ? null : inFolder(described),
  }
}

async function* walkFolder(
  path: string,
  inside: string,
  found: BigIntStats,
  ancestors: readonly string[],
  walk: Walk,
): AsyncGenerator<FoundEntry> {
  const identity = identityOf(found)
  if (ancestors.includes(identity)) {
    yield {
      kind: 'problem',
      path,
      error: new VitrineError('symlink_loop', 'This link leads back to a folder that it is inside of.'),
    }
    return
  }
  if (walk.seen.has(identity)) return
  walk.seen.add(identity)
  let names: string[]
  try {
    names = await readdir(path)
  } catch (error) {
    yield { kind: 'problem', path, error: sourceError(error) }
    return
  }
  const above = [...ancestors, identity]
  const beside = besideOf(names, names, inside, walk)
  for (const name of names.sort()) yield* walkEntry(join(path, name), inside, above, walk, beside)
}

function identityOf(found: BigIntStats): string {
  return `${found.dev}:${found.ino}`
}

function statError(error: unknown, path: string): VitrineError {
  // Node shows bytes that are no UTF-8 as U+FFFD; the path it gives then leads nowhere.
  if (basename(path).includes('\ufffd')) {
    return new VitrineError('name_invalid', "The file's name is not valid text. Rename it and try again.")
  }
  return sourceError(error)
}

/** A device, a pipe or a socket. */
export function notAFile(): VitrineError {
  return new VitrineError('not_a_file', 'This is a device, a pipe or a socket, not a file.')
}
