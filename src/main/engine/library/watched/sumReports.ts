import type { WatchedReport } from '../../../../shared/domain/watchedFolder.ts'

/** Of two scans one after the other. */
export function sumReports(first: WatchedReport, then: WatchedReport): WatchedReport {
  return {
    seen: then.seen,
    added: first.added + then.added,
    moved: first.moved + then.moved,
    changed: first.changed + then.changed,
    missing: first.missing + then.missing,
    returned: first.returned + then.returned,
    away: then.away,
    failed: Math.max(first.failed, then.failed),
    unsettled: then.unsettled,
  }
}
