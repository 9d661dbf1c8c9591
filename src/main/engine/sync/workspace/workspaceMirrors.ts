import { rm } from 'node:fs/promises'
import type { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetId, LibraryId, RemoteId } from '../../../../shared/domain/ids.ts'
import type { Credentials } from '../../../../shared/domain/remote.ts'
import type { WorkspaceRemoteState } from '../../../../shared/domain/workspaceRemote.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import type { Arrivals, ObjectStore } from '../../ports.ts'
import type { FetchReport, OriginalFetches } from '../fetchOriginals.ts'
import type { OpenStore } from '../testRemote.ts'
import { baseOf, type MirrorContext } from './mirrorContext.ts'
import { type MirrorLoop, mirrorLoop } from './mirrorLoop.ts'
import { arrivalsFolder } from './takeObjects.ts'

const REFUSALS_SHOWN = 20

export interface WorkspaceMirrorsOptions extends Omit<MirrorContext, 'remoteId' | 'base'> {
  readonly library: LibraryId
  readonly openStore: OpenStore
  readonly credentialsOf: (remote: Pick<RemoteRow, 'id'>) => Credentials | null
  readonly originals: Pick<OriginalFetches, 'fetch'>
  readonly isPaused: () => boolean
  readonly onChanged: () => void
}

export interface MirroredOnce {
  readonly arrived: number
  readonly problems: readonly { readonly remote: string; readonly error: VitrineError }[]
}

/** Every bucket that generators write to, mirrored into the Workspace. */
export interface WorkspaceMirrors {
  start(): void
  now(): void
  /** Assets may have been kept, discarded or removed. */
  assetsChanged(): void
  /** A remote was added, removed, or opens with other keys; resolves when nothing uses the old ones any more. */
  reset(id: RemoteId): Promise<void>
  policyChanged(id: RemoteId): void
  /** Runs until nothing is left that can be done now. */
  once(): Promise<MirroredOnce>
  readonly hasAny: boolean
  states(): WorkspaceRemoteState[]
  /** Brings those originals here that lie in a workspace bucket; null for one that lies in none. */
  fetch(id: AssetId): Promise<FetchReport | null>
  close(): Promise<void>
}

export function workspaceMirrors(options: WorkspaceMirrorsOptions): WorkspaceMirrors {
  const { catalog } = options
  const loops = new Map<RemoteId, MirrorLoop>()
  let begun: Promise<void> | null = null
  /** Once for all: what an earlier process had fetched and no import has claimed is of no use. */
  const arrivals: Arrivals = {
    ...options.arrivals,
    resume() {
      begun ??= options.arrivals
        .resume()
        .then(() => rm(arrivalsFolder(options.root), { recursive: true, force: true }).catch(ignore))
      return begun
    },
  }
  let started = false
  let closed = false

  const remotes = (): readonly RemoteRow[] => catalog.remotes.list().filter(({ role }) => role === 'workspace')
  const open = (remote: RemoteRow): ObjectStore => options.openStore(remote.location, options.credentialsOf(remote))

  function loopOf(remote: RemoteRow): MirrorLoop {
    const known = loops.get(remote.id)
    if (known !== undefined) return known
    const context = { ...options, arrivals, remoteId: remote.id, base: baseOf(remote, options.library) }
    const loop = mirrorLoop({ ...context, open: () => open(remote) })
    loops.set(remote.id, loop)
    return loop
  }

  const all = (): MirrorLoop[] => (closed ? [] : remotes().map(loopOf))

  return {
    start() {
      started = true
      for (const loop of all()) loop.start()
    },
    now() {
      for (const loop of all()) loop.now()
    },
    assetsChanged() {
      for (const loop of loops.values()) loop.changed()
    },
    async reset(id) {
      const old = loops.get(id)
      loops.delete(id)
      await old?.close()
      if (started) for (const loop of all()) loop.start()
    },
    policyChanged: (id) => loops.get(id)?.policyChanged(),
    async once() {
      const outcomes = await Promise.all(
        closed ? [] : remotes().map(async (remote) => ({ remote: remote.name, ...(await loopOf(remote).once()) })),
      )
      return {
        arrived: outcomes.reduce((sum, { arrived }) => sum + arrived, 0),
        problems: outcomes.flatMap(({ remote, problem }) => (problem === null ? [] : [{ remote, error: problem }])),
      }
    },
    get hasAny() {
      return remotes().length > 0
    },
    states: () =>
      remotes().map((remote) => {
        const refusals = catalog.workspaceObjects.ofState(remote.id, 'refused', '', REFUSALS_SHOWN)
        return {
          id: remote.id,
          ...loopOf(remote).state(),
          ...catalog.workspaceObjects.counts(remote.id),
          refusals: refusals.map(({ key, error }) => ({ key, message: error?.message ?? '' })),
        }
      }),
    async fetch(id) {
      const [object] = catalog.workspaceObjects.ofAsset(id)
      const remote = remotes().find((row) => row.id === object?.remoteId)
      if (object === undefined || remote === undefined) return null
      const store = open(remote)
      try {
        const own: Pick<ObjectStore, 'get'> = { get: (_, range, signal) => store.get(object.key, range, signal) }
        const places = { catalog, remoteId: remote.id, owner: options.library, root: options.root }
        return await options.originals.fetch(own, places, [id])
      } finally {
        store.close()
      }
    },
    async close() {
      closed = true
      await Promise.all([...loops.values()].map((loop) => loop.close()))
    },
  }
}

function ignore(): void {
  // It is in nobody's way, and is tried again with the next start.
}
