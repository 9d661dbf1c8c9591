import { setMaxListeners } from 'node:events'
import { mkdir, stat } from 'node:fs/promises'
import { toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import type { ImportId, RemoteId } from '../../../../shared/domain/ids.ts'
import type { ImportRules } from '../../../../shared/domain/import.ts'
import type { ImportItem, ImportRow, ItemResult, NewImportItem } from '../../catalog/importRecords.ts'
import { type IgnoreFilter, ignoreFilter } from './ignorePatterns.ts'
import { type ImportTools, importItem } from './importItem.ts'
import { importSidecar } from './importSidecar.ts'
import { walkEagle } from './organise/eagleLibrary.ts'
import { InfectedFile } from './quarantine.ts'
import { removeSettledSources, removeSource } from './removeSource.ts'
import { walkBucket } from './walkBucket.ts'
import type { FoundEntry, WalkOptions } from './walkSources.ts'
import { walkSources } from './walkSources.ts'

export interface RunEvents {
  /** An item has been dealt with, however it ended. */
  onItem(path: string, failed: boolean): void
  onProgress(): void
  /** A defect or a failing catalogue; the import stops and can be resumed. */
  onDefect(error: unknown): void
}

/** Most items of one import under way: reading, or waiting for their commit. */
const IN_FLIGHT = 128
const PAGE = 256
/** Files that were taken in from a bucket earlier and begin like a new sidecar. */
const MOST_BESIDE = 100

/** One import at work in this process. */
export interface ImportRun {
  readonly id: ImportId
  /** Stops as soon as it can; unfinished items stay pending. */
  stop(): void
  /** Looks again for pending items. */
  wake(): void
  /** Resolves when no item is pending or it was stopped. Rejects if the catalogue can't be written. */
  readonly ended: Promise<void>
}

/**
 * Works on an import until nothing of it is pending.
 * @param resumed an earlier process has begun it
 */
export function runImport(id: ImportId, tools: ImportTools, events: RunEvents, resumed: boolean): ImportRun {
  const abort = new AbortController()
  // Each file that waits for its writer listens; there are at most IN_FLIGHT.
  setMaxListeners(IN_FLIGHT, abort.signal)
  const work: Work = { id, tools, events, signal: abort.signal, problems: new Map(), again: false }
  return {
    id,
    stop: () => abort.abort(),
    wake: () => {
      work.again = true
    },
    ended: takeAll(work, resumed),
  }
}

function find({ id, paths, options }: ImportRow, work: Work): AsyncIterable<FoundEntry> {
  if (options.adopt !== undefined) return walkForeign(id, options.adopt.remote, ignoreFilter(options.ignore), work)
  return options.organise === 'eagle' ? walkLibraries(paths, work) : walkSources(paths, walkOptions(options, work))
}

interface Work {
  readonly id: ImportId
  readonly tools: ImportTools
  readonly events: RunEvents
  readonly signal: AbortSignal
  /** What the count found wrong with a path; after a restart the path is simply looked at again. */
  readonly problems: Map<string, VitrineError>
  again: boolean
}

async function takeAll(work: Work, resumed: boolean): Promise<void> {
  const { imports } = work.tools.catalog
  const row = imports.get(work.id)
  if (row === undefined) return
  await mkdir(work.tools.folder.incoming, { recursive: true }).catch(() => {
    // Each file then says why it can't be copied.
  })
  // A file that is in the drop folder still is reported by the watcher again, and then removed as a duplicate.
  if (resumed && row.options.mode === 'move' && row.source !== 'drop-folder') {
    await removeSettledSources(work.id, work.tools, work.signal)
  }
  if (row.state === 'counting') {
    await addFound(work, find(row, work))
    if (work.signal.aborted) return
    imports.setState(work.id, 'running', null)
  }
  // Before anything is copied: without a scanner that answers, every file waits.
  if (imports.pending(work.id, 1).length > 0) await work.tools.scanner()?.version()
  const inFlight = new Map<number, Promise<void>>()
  let ordinaryInFlight = 0
  let failure: { readonly error: unknown } | null = null
  while (!work.signal.aborted && failure === null) {
    work.again = false
    const page = imports.pending(work.id, inFlight.size + PAGE).filter(({ itemId }) => !inFlight.has(itemId))
    const ordinary = page.filter(({ sidecarOf }) => sidecarOf === null)
    // What describes others waits until these are dealt with; only then it is known whose it is.
    for (const item of ordinary.length + ordinaryInFlight > 0 ? ordinary : page) {
      if (work.signal.aborted || failure !== null) break
      const weight = item.sidecarOf === null ? 1 : 0
      ordinaryInFlight += weight
      const done = takeItem(item, row.options, work)
        .catch((error: unknown) => {
          failure ??= { error }
        })
        .finally(() => {
          inFlight.delete(item.itemId)
          ordinaryInFlight -= weight
        })
      inFlight.set(item.itemId, done)
      if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight.values())
    }
    if (inFlight.size > 0) await Promise.race(inFlight.values())
    else if (page.length === 0 && !work.again) break
  }
  await Promise.all(inFlight.values())
  await work.tools.commit.flushed()
  if (failure !== null) throw (failure as { error: unknown }).error
}

/** Rejects only if the result can't be written down, or if the scanner is gone and all files have to wait. */
async function takeItem(item: ImportItem, rules: ImportRules, work: Work): Promise<void> {
  const { id, tools, events, signal } = work
  const result = await take(item, rules, work)
  if (result instanceof InfectedFile) return await putAway(result, item, rules, work)
  if (result !== null) await tools.commit.settle(id, item.itemId, result)
  if (signal.aborted && result === null) return
  events.onItem(item.path, result?.kind === 'failed')
  events.onProgress()
}

/** @returns null if the item is settled already, or stays pending because the import was stopped */
async function take(item: ImportItem, rules: ImportRules, work: Work): Promise<ItemResult | InfectedFile | null> {
  const problem = work.problems.get(item.path)
  if (problem !== undefined) return failed(problem)
  try {
    return await takeFile(item, rules, work)
  } catch (error) {
    if (error instanceof InfectedFile) return error
    if (error instanceof VitrineError && error.code === 'cancelled') return null
    if (error instanceof VitrineError && holdsUpAll(error, rules)) throw error
    if (!(error instanceof VitrineError)) work.events.onDefect(error)
    return failed(error)
  }
}

async function takeFile(item: ImportItem, rules: ImportRules, work: Work): Promise<ItemResult | null> {
  try {
    const describes = item.sidecarOf !== null || item.assetId !== null
    if (describes && (await importSidecar(item, work.id, rules, work.tools, work.signal)) === 'settled') return null
    await importItem(item, work.id, rules, work.tools, work.signal)
    return null
  } catch (error) {
    // Looked at only now: nearly everything is a file.
    const mayBeFolder = error instanceof VitrineError && error.code === 'not_a_file'
    if (mayBeFolder && (await isFolder(item.path))) return await expand(item, rules, work)
    throw error
  }
}

/** What is wrong with the scanner or the bucket is no file's fault: all wait. */
function holdsUpAll({ code }: VitrineError, { adopt }: ImportRules): boolean {
  if (code === 'scanner_unreachable') return true
  return adopt !== undefined && code.startsWith('remote_') && code !== 'remote_checksum'
}

/** The copy is in quarantine; the source of a move goes once that is written down. */
async function putAway(infected: InfectedFile, item: ImportItem, rules: ImportRules, work: Work): Promise<void> {
  const { id, tools, events } = work
  await tools.commit.settle(id, item.itemId, failed(infected))
  if (rules.mode === 'move' && infected.quarantined !== null) {
    await removeSource(item.path, infected.read, infected.quarantined, tools)
  }
  events.onItem(item.path, true)
  events.onProgress()
}

function failed(error: unknown): ItemResult {
  return { kind: 'failed', ...toErrorData(error) }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found?.isDirectory() === true
}

/** A folder that could not be read when the import was counted, and is tried again. */
async function expand(item: ImportItem, rules: ImportRules, work: Work): Promise<ItemResult> {
  const entries: FoundEntry[] = []
  for await (const entry of walkSources([item.path], walkOptions(rules, work))) {
    if (entry.kind === 'problem' && entry.path === item.path) return failed(entry.error)
    entries.push(entry)
  }
  await addFound(work, toAsync(entries))
  work.again = true
  return { kind: 'skipped', code: 'folder' }
}

function walkOptions({ ignore }: ImportRules, { tools, signal }: Work): WalkOptions {
  return { exclude: tools.folder.root, signal, ignore: ignoreFilter(ignore) }
}

async function* walkLibraries(paths: readonly string[], { signal }: Work): AsyncGenerator<FoundEntry> {
  for (const path of paths) yield* walkEagle(path, signal)
}

function walkForeign(
  id: ImportId,
  remote: RemoteId,
  isIgnored: IgnoreFilter,
  { tools, signal }: Work,
): AsyncIterable<FoundEntry> {
  const { imports, adopted } = tools.catalog
  return walkBucket({
    list: (after) => tools.foreign().list(remote, after, signal),
    lastKey: imports.lastPath(id),
    isIgnored,
    known: (start) => adopted.beginning(remote, start, MOST_BESIDE),
  })
}

async function* toAsync(entries: readonly FoundEntry[]): AsyncGenerator<FoundEntry> {
  yield* entries
}

async function addFound(work: Work, entries: AsyncIterable<FoundEntry>): Promise<void> {
  let batch: NewImportItem[] = []
  const add = (): void => {
    work.tools.catalog.imports.addItems(work.id, batch)
    batch = []
    work.events.onProgress()
  }
  for await (const entry of entries) {
    if (entry.kind === 'problem') work.problems.set(entry.path, entry.error)
    batch.push({
      path: entry.path,
      bytes: entry.kind === 'problem' ? 0 : entry.bytes,
      job: null,
      skip: entry.kind === 'skipped' ? entry.code : null,
      sidecars: entry.kind === 'file' ? entry.sidecars : null,
      sidecarOf: entry.kind === 'file' ? entry.sidecarOf : null,
      assetId: entry.kind === 'file' ? (entry.assetId ?? null) : null,
      ...(entry.kind === 'file' && entry.object !== undefined ? { object: entry.object } : {}),
    })
    if (batch.length >= 500) add()
  }
  if (batch.length > 0) add()
}
