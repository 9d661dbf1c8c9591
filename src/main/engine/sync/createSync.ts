import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { SyncStatus } from '../../../shared/domain/remote.ts'
import type { RenewalReason } from '../catalog/renewal/renewalPlan.ts'
import { createAdoption } from './adopt/createAdoption.ts'
import { bringBack } from './beside/bringBack.ts'
import { bringHereWith } from './bringHere.ts'
import { readCareSettings } from './care/careSettings.ts'
import { createCare } from './care/createCare.ts'
import { dumpAtOnce } from './checkpoints/dumpInThread.ts'
import { connect } from './connection.ts'
import { keyRing } from './encryption/keyRing.ts'
import { failedUploads } from './failedUploads.ts'
import { createFetching } from './fetching.ts'
import { originalFetches } from './fetchOriginals.ts'
import { fetchOnlyThere } from './leaving/fetchOnlyThere.ts'
import { libraryConnection } from './libraryConnection.ts'
import { onceErrors } from './onceErrors.ts'
import { otherDevices } from './otherDevices.ts'
import { uploadJobKey } from './planUploads.ts'
import { createReferences } from './references/createReferences.ts'
import { remotes } from './remotes.ts'
import { ownRetirement } from './retirement/ownRetirement.ts'
import { createShares } from './share/shares.ts'
import type { Sync, SyncOptions } from './sync.ts'
import { syncLoop } from './syncLoop.ts'
import { tendBucket } from './tendBucket.ts'
import { tidying } from './tidying.ts'
import { createTransfers } from './transfer/transfers.ts'
import { copyKept } from './workspace/copyKept.ts'
import { workspaceMirrors } from './workspace/workspaceMirrors.ts'

/** Shortest time between two reports of the status, ms. */
const REPORT_EVERY_MS = 100

/** Said until the library is opened the next time. */
const RENEWED: Readonly<Record<RenewalReason, string>> = {
  copied:
    'Another copy of this library had synced under the name of this one. This copy has a name of its own now; nothing was lost.',
  retired:
    'This computer had been retired on another device, and counts as a new one now. What was done here meanwhile is sent like everything else.',
}

/** Uploads of what somebody looks at come before others, the latest asked for first. */
const PREFERRED = 1_000
const PREFERRED_REMEMBERED = 10_000

/** Puts sync together for one open library. Nothing runs before `start` or `once`. */
export function createSync(options: SyncOptions): Sync {
  const { catalog, clock } = options
  const onDefect = options.onDefect ?? ((error: unknown) => console.error('Sync:', error))
  const keys = keyRing(options.openStore, options.folder.root)
  const { openStore } = keys
  const service = remotes({
    catalog,
    library: options.library,
    keys,
    openPlain: options.openStore,
    environment: options.envCredentials ?? null,
    now: () => clock.now(),
    onLibraryRemoteChanged: () => loop.reset(),
    onWorkspaceRemoteChanged: async (id) => mirrors?.reset(id),
    onWorkspacePolicyChanged: (id) => mirrors?.policyChanged(id),
    root: options.folder.root,
  })
  let urgency = PREFERRED
  /** A grid asks for the same ones again and again while it shows them. */
  const preferred = new Set<AssetId>()
  const random = options.random ?? Math.random
  const transfers = createTransfers({ catalog, clock, random, onChanged: report })
  const retirement = ownRetirement(options.library.id, catalog.deviceId, () => clock.now())
  const tender = tendBucket({
    catalog,
    retirement,
    owner: options.library.id,
    root: options.folder.root,
    now: () => clock.now(),
    dump: options.dump ?? dumpAtOnce,
    ...options.tending,
  })
  const loop = syncLoop({
    catalog,
    clock,
    root: options.folder.root,
    library: options.library,
    openStore,
    remote: service.libraryRemote,
    credentialsOf: service.credentialsOf,
    onChanged: report,
    onRenewal: options.onRenewal ?? (() => {}),
    onDefect,
    random,
    transfers,
    drawThumbnails: options.drawThumbnails,
    copyKept: copyKept({
      catalog,
      root: options.folder.root,
      credentialsOf: service.credentialsOf,
      libraryRemote: service.libraryRemote,
      bringHere: bringHereWith(catalog, fetch),
    }),
    onReady: () => care.poke(false),
    tend: tender.tend,
    retirement,
    prepare: tender.prepare,
  })
  const originals = originalFetches(transfers, onDefect)
  const failed = failedUploads(catalog, service.libraryRemote, () => clock.now())
  const mirrors =
    options.arrivals &&
    workspaceMirrors({
      catalog,
      clock,
      random,
      root: options.folder.root,
      library: options.library.id,
      openStore,
      credentialsOf: service.credentialsOf,
      libraryRemote: service.libraryRemote,
      arrivals: options.arrivals,
      transfers,
      originals,
      isPaused: () => loop.paused,
      budgetBytes: () => readCareSettings(catalog).budgetBytes,
      exclusively: options.exclusively ?? ((_, work) => work()),
      bringHere: bringHereWith(catalog, fetch),
      onChanged: report,
      onDefect,
    })
  const care = createCare({
    catalog,
    clock,
    owner: options.library.id,
    root: options.folder.root,
    connection: () => loop.connection,
    pinnedRows: options.pinnedRows ?? (() => new Set()),
    exclusively: options.exclusively ?? ((_, work) => work()),
    mustWait: (bytes) => transfers.mustWait(bytes),
    fetch: ({ store, remoteId }, ids) =>
      originals.fetch(store, { catalog, remoteId, owner: options.library.id, root: options.folder.root }, ids),
    onChanged: () => options.onCareChanged?.(),
    onFailed: (error) => loop.failed(error),
    onDefect,
  })
  const adoption = createAdoption({
    catalog,
    owner: options.library.id,
    root: options.folder.root,
    clock,
    transfers,
    libraryRemote: service.libraryRemote,
    connect: (remote) =>
      connect(remote, service.credentialsOf(remote), catalog, options.library, openStore, () => undefined),
    isPaused: () => loop.paused,
    skipCode: options.skipCode ?? (() => null),
    evict: (remote, ids) => care.evict(remote, ids),
    onDefect,
  })
  const references = createReferences({
    catalog,
    clock,
    owner: options.library.id,
    root: options.folder.root,
    openStore,
    credentialsOf: service.credentialsOf,
    pace: transfers.up,
    bringHere: bringHereWith(catalog, fetch),
  })
  const shares = createShares({
    catalog,
    owner: options.library.id,
    root: options.folder.root,
    now: () => clock.now(),
    openStore,
    credentialsOf: service.credentialsOf,
    pace: transfers.up,
    bringHere: bringHereWith(catalog, fetch),
    renderer: options.renderer ?? null,
  })
  const tidier = tidying({
    clock,
    isPaused: () => loop.paused,
    work: [references.tidy, shares.tidy],
    onDefect,
  })
  let cancelReport: (() => void) | null = null
  let reportEveryMs = REPORT_EVERY_MS
  const unsubscribe = catalog.onChange(({ rowIds, membership }) => {
    loop.assetsChanged(rowIds)
    mirrors?.assetsChanged()
    care.poke(membership)
    adoption.changed()
    tidier.changed()
    report()
  })

  function status(): SyncStatus {
    const now = loop.status()
    const renewed = options.renewed ?? null
    return renewed !== null && now.message === null ? { ...now, message: RENEWED[renewed] } : now
  }

  function report(): void {
    cancelReport ??= clock.after(reportEveryMs, () => {
      cancelReport = null
      const began = performance.now()
      options.onStatus(status())
      // Counting a very large library takes time; it may take a tenth of it, not more.
      reportEveryMs = Math.max(REPORT_EVERY_MS, (performance.now() - began) * 10)
    })
  }

  function now(): void {
    loop.now()
    mirrors?.now()
  }

  /** Parts that are put together earlier fetch with it, too. */
  function fetch(ids: readonly AssetId[]): Promise<RequestOutput<'sync.fetch'>> {
    return fetching.fetch(ids)
  }

  const connection = libraryConnection({
    catalog,
    library: options.library,
    openStore,
    remotes: service,
    present: () => loop.connection,
    prepare: (store, remote) => tender.prepare(store, remote, () => loop.now()),
  })
  const { withStore, withRemote } = connection
  const fetching = createFetching({
    catalog,
    owner: options.library.id,
    root: options.folder.root,
    connection,
    libraryRemote: service.libraryRemote,
    originals,
    pace: transfers.down,
    fetchUndecided: async (id) => (await mirrors?.fetch(id)) ?? null,
    onUse: (ids) => care.noteUse(ids),
  })
  const { bringVersion } = fetching
  const bringHere = bringHereWith(catalog, fetch)

  return {
    remotes: service,
    start() {
      // This program may understand what an older one could not.
      catalog.remoteLog.replayParked()
      const begun = service.list().flatMap(({ id }) => catalog.begunUploads.list(id))
      keys.tidy(begun.map(({ key }) => key))
      loop.start()
      mirrors?.start()
      care.start()
      tidier.start()
    },
    status,
    now,
    shares,
    references,
    transfers: {
      list: () =>
        transfers.meter
          .list()
          .map((transfer) => ({ ...transfer, fileName: catalog.assets.findById(transfer.assetId)?.fileName ?? '' })),
      cancel: (id) => loop.cancel(id),
      settings: () => transfers.settings(),
      configure(change) {
        const settings = transfers.configure(change)
        loop.transfersChanged()
        return settings
      },
      setConditions(conditions) {
        const wasOnline = transfers.conditions().online
        transfers.setConditions(conditions)
        if (conditions.online && !wasOnline) now()
        else loop.transfersChanged()
      },
    },
    prefer(ids) {
      const remote = service.libraryRemote()
      const unasked = ids.filter((id) => !preferred.has(id))
      if (remote === undefined || unasked.length === 0) return
      if (preferred.size > PREFERRED_REMEMBERED) preferred.clear()
      for (const id of unasked) preferred.add(id)
      const keys = unasked.map((id) => uploadJobKey(remote.id, id))
      catalog.queue.prefer('upload', keys, urgency++)
    },
    pause(paused) {
      loop.setPaused(paused)
      if (!paused) care.poke(false)
      if (!paused) mirrors?.now()
      return status()
    },
    retry(selection) {
      const rows = catalog.assets.resolve(selection)
      failed.retry([...rows].flatMap((row) => catalog.assets.findByRow(row)?.id ?? []))
      loop.now()
    },
    async once() {
      // A person asks for everything to be tried, also what has failed before.
      failed.retry(failed.parked().map(({ asset }) => asset.id))
      const came = await mirrors?.once()
      if (came !== undefined && came.arrived > 0) await options.arrivals?.settled()
      const { uploaded, downloaded, applied, conflicts, problem, problems, questions } = await loop.once()
      await adoption.settle()
      // What was kept is in the library's bucket now, and can go from where it came.
      const left = await mirrors?.once()
      await references.tidy()
      await shares.tidy()
      const { waiting, leased } = catalog.queue.counts('upload')
      const remote = service.libraryRemote()
      const parts = { remote, hasMirrors: mirrors?.hasAny === true, problem, problems, questions }
      return {
        uploaded,
        downloaded,
        arrived: (came?.arrived ?? 0) + (left?.arrived ?? 0),
        applied,
        conflicts,
        pending: waiting + leased,
        errors: onceErrors(catalog, { ...parts, left: left?.problems ?? [], failed: failed.parked() }),
      }
    },
    fetch,
    fetchOnlyThere: (remote) =>
      fetchOnlyThere({
        each: service.eachOnlyThere(remote),
        left: () => service.onlyThere(remote),
        fetch,
        bringVersion,
        nameOf: (id) => catalog.assets.findById(id)?.fileName ?? id,
      }),
    bringVersion,
    bringBack: (id) => bringBack(catalog, service.libraryRemote()?.id, fetch, id),
    bringHere(id) {
      care.noteUse([id])
      return bringHere(id)
    },
    care: {
      status: care.status,
      setPinned: care.setPinned,
      noteUse: care.noteUse,
      evict: (ids) => withRemote((remote) => care.evict(remote, ids)),
      shrink: (budgetBytes) => withRemote((remote) => care.shrink(remote, budgetBytes)),
      changed() {
        care.poke(false)
        options.onCareChanged?.()
      },
    },
    get hasRemote() {
      return service.libraryRemote() !== undefined
    },
    get connection() {
      return loop.connection
    },
    preferThumbnails: (rows) => loop.preferThumbnails(rows),
    devices: otherDevices({
      catalog,
      owner: options.library.id,
      tender,
      libraryRemote: service.libraryRemote,
      logs: () => loop.logs,
      withRemote,
      now,
    }),
    confirmRemovals: (device, seq) => loop.allowRemovals(device, seq),
    workspaceRemotes: () => mirrors?.states() ?? [],
    adoption,
    withLibraryStore: withStore,
    async close() {
      unsubscribe()
      service.close()
      tidier.close()
      await Promise.all([
        loop.close(),
        mirrors?.close(),
        originals.stopAll(),
        care.close(),
        adoption.close(),
        references.close(),
      ])
      cancelReport?.()
    },
  }
}
