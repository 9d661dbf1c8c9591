import type { ImportSummary } from '../../../shared/domain/import.ts'

export interface ImportProgress {
  /** Files that are done with, whatever became of them. */
  readonly handled: number
  /** 0 to 1; null while files are still being counted. */
  readonly share: number | null
  /** Null while it can't be told. */
  readonly secondsLeft: number | null
}

/** How far an import is. Once all files are in, it is the thumbnails that are counted. */
export function importProgress(summary: ImportSummary): ImportProgress {
  const handled = summary.imported + summary.duplicates + summary.skipped + summary.sidecars + summary.failed
  if (summary.state === 'counting' || summary.found === 0) return { handled, share: null, secondsLeft: null }
  if (summary.finishedAt !== null) {
    const share = summary.imported === 0 ? 1 : 1 - summary.processing / Math.max(summary.imported, summary.processing)
    return { handled, share, secondsLeft: null }
  }
  const left = Math.max(0, summary.found - handled)
  const known = summary.state === 'running' && summary.filesPerSecond > 0
  return {
    handled,
    share: Math.min(1, handled / summary.found),
    secondsLeft: known ? left / summary.filesPerSecond : null,
  }
}
