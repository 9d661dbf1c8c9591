import { existsSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetId, Sha256 } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { thumbnailPath } from '../../catalog/thumbnailPath.ts'
import type { AssetFiles } from '../../catalog/verification.repository.ts'
import { resolveStored } from '../import/placeOriginal.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { checkJournal } from './checkJournal.ts'
import type { Findings } from './findings.ts'
import { restoreOriginal } from './restoreOriginal.ts'

export interface VerifyTools {
  readonly catalog: Catalog
  readonly folder: LibraryFolder
  readonly now: () => number
  /** Hashes a file off this thread. Rejects with the typed errors of an import. */
  readonly hash: (path: string, signal: AbortSignal) => Promise<{ readonly sha256: Sha256; readonly size: number }>
  /** What is wrong with the database, read on a thread of its own. */
  readonly checkDatabase: () => Promise<readonly string[]>
  /** Absolute paths of originals that no asset has. */
  readonly orphans: () => Promise<readonly string[]>
  /** Makes assets of them; returns how many. */
  readonly recover: () => Promise<number>
  readonly fetch: (asset: AssetFiles, target: string) => Promise<boolean>
  /** Compares what the buckets hold with what the catalogue says of them; `deep` reads every object. */
  readonly checkRemotes: (
    findings: Findings,
    options: { readonly repair: boolean; readonly deep: boolean },
    signal: AbortSignal,
  ) => Promise<void>
}

/** `remote`: also what the bucket holds; `deep`: by reading all of it. `repair` mends what can be mended. */
export interface VerifyOptions {
  readonly repair: boolean
  readonly remote: boolean
  readonly deep: boolean
}

const PAGE = 200
/** Files hashed at once; there are as many threads as cores. */
const AT_ONCE = 4

/**
 * Looks at every file of a library and compares it with its hash; then at the catalogue, the journal and, if asked to, the
 * buckets. With `repair` it mends what it can from bytes that are elsewhere, and never throws bytes away.
 */
export async function verifyLibrary(
  tools: VerifyTools,
  { repair, remote, deep }: VerifyOptions,
  findings: Findings,
  onAsset: () => void,
  signal: AbortSignal,
): Promise<void> {
  const { verification } = tools.catalog
  let after = 0
  for (;;) {
    const page = verification.files(after, PAGE)
    const last = page.at(-1)
    if (last === undefined) break
    after = last.rowId
    const queue = [...page]
    const work = async (): Promise<void> => {
      for (let asset = queue.shift(); asset !== undefined && !signal.aborted; asset = queue.shift()) {
        await verifyAsset(asset, tools, repair, findings, signal)
        onAsset()
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    signal.throwIfAborted()
  }
  await verifyOrphans(tools, repair, findings)
  findings.catalog(await tools.checkDatabase())
  if (repair) for (const how of verification.recount()) findings.add('repaired', { path: 'catalog.sqlite', how })
  findings.journal(await checkJournal(tools.folder.journal))
  if (remote) await tools.checkRemotes(findings, { repair, deep }, signal)
}

/**
 * Compares the files of one asset with their hashes, and with `repair` puts back what is lost or damaged. Rejects when the
 * bucket would have to help and can't be asked.
 */
export async function verifyAsset(
  asset: AssetFiles,
  tools: Pick<VerifyTools, 'catalog' | 'folder' | 'now' | 'hash' | 'fetch'>,
  repair: boolean,
  findings: Findings,
  signal: AbortSignal,
): Promise<void> {
  const { catalog, now } = tools
  // Nothing of it has to be here.
  if (catalog.assets.isElsewhere(asset.id)) return
  const state = await compare(asset.id, asset.storagePath, asset.sha256, tools, findings, signal)
  if (state === 'stopped') return
  for (const { path, sha256 } of asset.sidecars) await compare(asset.id, path, sha256, tools, findings, signal)
  for (const version of asset.versions) {
    if (version.sha256 === asset.sha256 || (version.isStored && !isHere(tools.folder, version.path))) continue
    const found = await compare(asset.id, version.path, version.sha256, tools, findings, signal)
    const isLost = found === 'missing' || found === 'damaged'
    if (!repair || !isLost || isAbsolute(version.path)) continue
    const bytes = { ...asset, storagePath: version.path, sha256: version.sha256, fileSizeBytes: version.bytes }
    const how = await restoreOriginal(bytes, { ...tools, verification: catalog.verification })
    if (how !== null) findings.add('repaired', { path: version.path, how })
  }
  const undrawn = state === 'sound' && (await isUndrawn(asset, tools.folder))
  if (undrawn) findings.undrawn()
  if (!repair) return
  // A file that is linked in place is the person's own: what changed there is taken up by its watched folder.
  const own = !isAbsolute(asset.storagePath)
  if ((state === 'missing' || state === 'damaged') && own) {
    const how = await restoreOriginal(asset, { ...tools, verification: catalog.verification })
    if (how !== null) findings.add('repaired', { path: asset.storagePath, how })
    else setStatus(catalog, asset, state, now())
    if (how !== null) readAgain(catalog, asset.id, now())
  } else if (state === 'missing') setStatus(catalog, asset, state, now())
  else if (state === 'sound' && (asset.status === 'missing' || undrawn || asset.errorCode === 'damaged')) {
    if (undrawn) catalog.assets.redraw(asset.id)
    else readAgain(catalog, asset.id, now())
    findings.add('repaired', {
      path: asset.storagePath,
      how: undrawn ? 'will be drawn again' : 'is in its place again',
    })
  }
}

/** An earlier version that the bucket has need not be here. */
function isHere(folder: LibraryFolder, path: string): boolean {
  return existsSync(resolveStored(folder, path))
}

type FileState = 'sound' | 'missing' | 'damaged' | 'unreadable' | 'stopped'

async function compare(
  id: AssetId,
  storagePath: string,
  expected: Sha256,
  { folder, hash }: Pick<VerifyTools, 'folder' | 'hash'>,
  findings: Findings,
  signal: AbortSignal,
): Promise<FileState> {
  try {
    const { sha256, size } = await hash(resolveStored(folder, storagePath), signal)
    findings.file(size)
    if (sha256 === expected) return 'sound'
    findings.add('damaged', { id, path: storagePath, expected, found: sha256 })
    return 'damaged'
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error
    if (error.code === 'cancelled') return 'stopped'
    if (error.code === 'file_vanished') {
      findings.add('missing', { id, path: storagePath })
      return 'missing'
    }
    // Nothing is left of bytes that were there: as damaged as can be.
    findings.add('unreadable', { id, path: storagePath, code: error.code, message: error.message })
    return error.code === 'empty_file' ? 'damaged' : 'unreadable'
  }
}

/** It had a thumbnail, and the file of that is gone. */
async function isUndrawn({ hasThumbnail, sha256 }: AssetFiles, folder: LibraryFolder): Promise<boolean> {
  if (!hasThumbnail) return false
  return access(join(folder.root, thumbnailPath(sha256, 300))).then(
    () => false,
    () => true,
  )
}

function setStatus(catalog: Catalog, asset: AssetFiles, state: 'missing' | 'damaged', now: number): void {
  const [status, code, message] =
    state === 'missing'
      ? (['missing', 'file_vanished', 'The original is not in its place.'] as const)
      : (['error', 'damaged', 'The file is not what was taken in: its bytes have changed on the disk.'] as const)
  if (asset.status === status && asset.errorCode === code) return
  catalog.mutate({ kind: 'verify', label: () => `Found a ${state} file`, undoable: false, now }, (writer) => {
    writer.set('asset', asset.id, 'status', status)
    writer.set('asset', asset.id, 'error_code', code)
    writer.set('asset', asset.id, 'error_message', message)
  })
}

function readAgain(catalog: Catalog, id: AssetId, now: number): void {
  catalog.queue.enqueue([{ kind: 'media', key: id, payload: null, priority: 1, runAt: now }])
}

async function verifyOrphans(tools: VerifyTools, repair: boolean, findings: Findings): Promise<void> {
  const orphans = await tools.orphans()
  for (const path of orphans) findings.add('orphaned', path)
  if (!repair || orphans.length === 0) return
  const recovered = await tools.recover()
  if (recovered > 0) findings.add('repaired', { path: 'originals/', how: `${recovered} are assets again` })
}
