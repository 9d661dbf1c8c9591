import type { EventPayload } from '../../shared/contract/events.ts'
import type { EngineState } from '../../shared/contract/requests/shellRequests.ts'
import type { AssetCard } from '../../shared/domain/asset.ts'
import { request, subscribe } from '../api/client.ts'
import { receiveAssetDrag } from '../state/assetDrag.ts'
import { useBrowse } from '../state/browse.ts'
import { closeCompare } from '../state/compare.ts'
import { enterLibrary } from '../state/persistence.ts'
import { closeViewer } from '../state/viewer.ts'
import { cards } from './cards.ts'
import { LatestOnly } from './latestOnly.ts'
import { nothingKnown, useLibrary } from './library.ts'
import { splitArchived } from './splitArchived.ts'
import { clearVector, onVectorError, questionOf, refreshVector, useVector } from './vector.ts'

/** Shown aspect and real one may differ by this much before the layout is asked for again. */
const ASPECT_TOLERANCE = 0.02

/**
 * Keeps what the window knows in step with the engine, from now until the window closes.
 * @param report told of every failed request that nobody else is waiting for
 */
export function startLive(report: (thrown: unknown) => void): void {
  const sidebar = new LatestOnly(loadSidebar, report)
  onVectorError(report)
  cards.onError = report
  cards.onCards = refreshIfAspectsDiffer

  subscribe('engine.state', (engine) => void enter(engine).catch(report))
  subscribe('library.changed', (info) => useLibrary.setState({ info }))
  subscribe('imports.changed', (imports) => {
    useLibrary.setState({ imports })
    // Jobs of the drop folder end with their last thumbnail, which changes no view.
    sidebar.request()
  })
  subscribe('longChanges.changed', (longChanges) => useLibrary.setState({ longChanges }))
  subscribe('sync.changed', (sync) => useLibrary.setState({ sync }))
  subscribe('lifecycle.changed', (lifecycle) => useLibrary.setState({ lifecycle }))
  subscribe('care.changed', (care) => useLibrary.setState({ care }))
  subscribe('storage.changed', (quotas) => useLibrary.setState({ quotas }))
  subscribe('catalog.changed', (change: EventPayload<'catalog.changed'>) => {
    cards.invalidate(change.rowIds)
    if (change.membership) {
      refreshVector()
      sidebar.request()
    }
  })
  subscribe('assets.carried', ({ rowIds }) => receiveAssetDrag(rowIds === null ? null : Int32Array.from(rowIds)))
  useBrowse.subscribe((now, before) => {
    if (questionOf(now) !== questionOf(before)) refreshVector(true)
  })
  void request('shell.engine').then(enter).catch(report)

  async function enter(engine: EngineState): Promise<void> {
    if (engine.state === 'ready') {
      const { info } = useLibrary.getState()
      if (info !== null && info.id !== engine.library.id) forgetLibrary()
      enterLibrary(engine.library.id)
      useLibrary.setState({ engine, info: engine.library })
      cards.invalidate(null)
      refreshVector(true)
      sidebar.request(true)
      const [imports, longChanges, sync, quotas, care] = await Promise.all([
        request('imports.list'),
        request('longChanges.list'),
        request('sync.status'),
        request('storage.quotas'),
        request('care.status'),
      ])
      useLibrary.setState({ imports, longChanges, sync, quotas, care })
    } else {
      // What was under way went with the engine.
      useLibrary.setState({ engine, longChanges: [] })
    }
  }
}

async function loadSidebar(): Promise<void> {
  const [counts, all, tags, jobs, lifecycle] = await Promise.all([
    request('library.counts'),
    request('collections.list', { archived: true }),
    request('tags.list'),
    request('jobs.list'),
    request('lifecycle.status'),
  ])
  const { collections, archived } = splitArchived(all)
  useLibrary.setState({ counts, collections, archived, tags, jobs, lifecycle })
  const { view } = useBrowse.getState()
  const gone =
    (view.kind === 'collection' && !all.some(({ id }) => id === view.collectionId)) ||
    (view.kind === 'workspace' && view.jobId !== undefined && !jobs.some(({ id }) => id === view.jobId))
  if (gone) useBrowse.setState({ view: { kind: view.kind === 'collection' ? 'library' : 'workspace' }, text: '' })
}

function forgetLibrary(): void {
  cards.clear()
  clearVector()
  closeViewer()
  closeCompare()
  useBrowse.setState({ view: { kind: 'workspace' }, text: '' })
  useLibrary.setState(nothingKnown)
}

/** A file that was just processed knows its size now; its cell was laid out as a square. */
function refreshIfAspectsDiffer(arrived: readonly AssetCard[]): void {
  const { rowIds, aspects } = useVector.getState()
  // Only what was laid out without knowing the size: a rotated picture may differ from its vector for good.
  const outdated = arrived.some(({ row_id, width, height }) => {
    if (width === null || height === null) return false
    return Math.abs(width / height - 1) > ASPECT_TOLERANCE && aspects[rowIds.indexOf(row_id)] === 1
  })
  if (outdated) refreshVector()
}
