import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { ImportId } from '../../../../shared/domain/ids.ts'
import type { ImportSummary } from '../../../../shared/domain/import.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ImportRow } from '../../catalog/importRecords.ts'
import type { Clock } from '../../ports.ts'

/** What the window sees of imports, and who waits for them. */
export interface ImportProgress {
  summary(id: ImportId): ImportSummary
  list(): readonly ImportSummary[]
  /** Something about imports changed: tells the listener, at most ten times a second. */
  touch(): void
  /** A file of this import has been dealt with; for the rate. */
  count(id: ImportId): void
  /** The import begins, or begins again: its rate is reckoned from now. */
  begin(id: ImportId): void
  /** What holds an import up now, null when it goes on. */
  hold(id: ImportId, problem: ImportSummary['problem']): void
  /** What holds up the thumbnails of every import. */
  holdThumbnails(problem: ImportSummary['problem']): void
  close(): void
}

const COALESCE_MS = 100

export function createImportProgress(
  catalog: Pick<Catalog, 'imports'>,
  clock: Clock,
  onChange: (imports: readonly ImportSummary[]) => void,
): ImportProgress {
  const held = new Map<ImportId, ImportSummary['problem']>()
  let thumbnailsHeld: ImportSummary['problem'] = null
  const rates = new Map<ImportId, { readonly since: number; files: number }>()
  let cancelTimer: (() => void) | null = null
  /** Counting a large import takes a while; at most a tenth of the time goes into telling. */
  let lastCostMs = 0

  const toSummary = (row: ImportRow): ImportSummary => {
    const { pending: _pending, ...counts } = row.counts
    return {
      ...counts,
      id: row.id,
      source: row.source,
      state: row.state,
      problem: row.finishedAt !== null ? null : (held.get(row.id) ?? (counts.processing > 0 ? thumbnailsHeld : null)),
      filesPerSecond: row.finishedAt === null ? rateNow(row.id) : rateOfEnded(row),
      startedAt: new Date(row.startedAt).toISOString(),
      finishedAt: row.finishedAt === null ? null : new Date(row.finishedAt).toISOString(),
    }
  }
  const rateNow = (id: ImportId): number => {
    const rate = rates.get(id)
    if (rate === undefined) return 0
    return rate.files / Math.max(0.001, (clock.now() - rate.since) / 1000)
  }
  const list = (): readonly ImportSummary[] => catalog.imports.list().map(toSummary)

  const touch = (): void => {
    cancelTimer ??= clock.after(Math.max(COALESCE_MS, lastCostMs * 10), () => {
      cancelTimer = null
      const before = performance.now()
      onChange(list())
      lastCostMs = performance.now() - before
    })
  }

  return {
    list,
    touch,
    hold(id, problem) {
      if (problem === null) held.delete(id)
      else held.set(id, problem)
      touch()
    },
    holdThumbnails(problem) {
      thumbnailsHeld = problem
      touch()
    },
    summary(id) {
      const row = catalog.imports.get(id)
      if (row === undefined) throw new VitrineError('not_found', 'There is no such import any more.')
      return toSummary(row)
    },
    count(id) {
      const rate = rates.get(id)
      if (rate !== undefined) rate.files++
    },
    begin(id) {
      rates.set(id, { since: clock.now(), files: 0 })
    },
    close() {
      cancelTimer?.()
      cancelTimer = null
    },
  }
}

function rateOfEnded(row: ImportRow): number {
  const { imported, duplicates, failed } = row.counts
  const seconds = ((row.finishedAt ?? row.startedAt) - row.startedAt) / 1000
  return (imported + duplicates + failed) / Math.max(0.001, seconds)
}
