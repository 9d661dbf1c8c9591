import type { SkipCode } from '../../../../shared/domain/import.ts'

const SYSTEM_FILES: ReadonlySet<string> = new Set([
  '.ds_store',
  'thumbs.db',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'desktop.ini',
  '.localized',
  '.directory',
  'icon\r',
])
const SYSTEM_FOLDERS: ReadonlySet<string> = new Set([
  '__macosx',
  '$recycle.bin',
  'system volume information',
  '@eadir',
  '#recycle',
  'lost+found',
])
/** Ends of names that programs give to files they have not finished writing. */
const PARTIAL = /\.(crdownload|part|partial|download|opdownload|aria2|!ut|!qb|tmp\d*|temp|filepart)$/i

/**
 * Why a directory entry is left out of an import on purpose, null if it is not. By name alone: the watcher asks before
 * it has looked at the file.
 */
export function skipCode(name: string, isDirectory = false): SkipCode | null {
  const lower = name.toLowerCase()
  if (SYSTEM_FILES.has(lower) || lower.startsWith('._')) return 'system_file'
  if (isDirectory && SYSTEM_FOLDERS.has(lower)) return 'system_file'
  if (name.startsWith('~$') || name.startsWith('.~lock.') || PARTIAL.test(name)) return 'partial_download'
  return name.startsWith('.') ? 'hidden' : null
}
