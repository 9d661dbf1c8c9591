import type { BigIntStats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { SkipCode } from '../../../../shared/domain/import.ts'
import { sourceError } from './fileErrors.ts'
import { skipCode } from './skipList.ts'

/** One thing an import comes across. A path appears at most once. */
export type FoundEntry =
  | { readonly kind: 'file'; readonly path: string; readonly bytes: number }
  | { readonly kind: 'skipped'; readonly path: string; readonly bytes: number; readonly code: SkipCode }
  | { readonly kind: 'problem'; readonly path: string; readonly error: VitrineError }

export interface WalkOptions {
  /** A folder that is never entered: the library itself, when it lies inside of what is imported. */
  readonly exclude?: string
  readonly signal?: AbortSignal
}

/**
 * Everything below the given files and folders, in the order of names. Links to folders are followed unless they lead
 * back; a folder that is reached twice is walked once. What can't be read is a problem of that path, and the walk goes
 * on. A path that the caller names is looked at even if its name is hidden.
 */
export async function* walkSources(paths: readonly string[], options: WalkOptions = {}): AsyncGenerator<FoundEntry> {
  const walk: Walk = { seen: new Set(), signal: options.signal }
  if (options.exclude !== undefined) walk.seen.add(identityOf(await stat(options.exclude, { bigint: true })))
  for (const path of paths) yield* walkEntry(resolve(path), [], walk, true)
}

interface Walk {
  /** Folders that were walked, or are not to be. */
  readonly seen: Set<string>
  readonly signal: AbortSignal | undefined
}

async function* walkEntry(
  path: string,
  ancestors: readonly string[],
  walk: Walk,
  named: boolean,
): AsyncGenerator<FoundEntry> {
  if (walk.signal?.aborted) return
  let found: BigIntStats
  try {
    found = await stat(path, { bigint: true })
  } catch (error) {
    yield { kind: 'problem', path, error: statError(error, path) }
    return
  }
  const code = skipCode(basename(path), found.isDirectory())
  const skip = named && (code === 'hidden' || found.isDirectory()) ? null : code
  if (skip !== null) yield { kind: 'skipped', path, bytes: Number(found.size), code: skip }
  else if (found.isDirectory()) yield* walkFolder(path, found, ancestors, walk)
  else if (found.isFile()) yield { kind: 'file', path, bytes: Number(found.size) }
  else yield { kind: 'problem', path, error: notAFile() }
}

async function* walkFolder(
  path: string,
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
  const inside = [...ancestors, identity]
  for (const name of names.sort()) yield* walkEntry(join(path, name), inside, walk, false)
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
