import type { ExportFormat } from '../../shared/contract/requests/exportRequests.ts'
import { request } from '../api/client.ts'
import { useLibrary } from '../queries/library.ts'
import { placeName } from '../queries/place.ts'
import { useVector } from '../queries/vector.ts'
import { useBrowse } from '../state/browse.ts'
import type { RowIds } from '../state/rowSet.ts'
import { useSelection } from '../state/selection.ts'
import { showToast } from '../state/toasts.ts'
import { exports as strings } from '../strings/exports.ts'
import { exportFileName } from './exportFileName.ts'
import { reportError } from './mutate.ts'

/** With more than this many assets it takes a while, which is said before. */
const MANY = 2_000

/** Asks where to, and writes what is known of the selection there; of all that the view shows when nothing is selected. */
export async function exportMetadata(format: ExportFormat): Promise<void> {
  const { screen, view, text } = useBrowse.getState()
  const vector = useVector.getState()
  const { selected } = useSelection.getState()
  if (screen !== 'assets' || vector.total === 0) return void showToast({ message: strings.nothing })
  if (selected.size === 0 && !vector.complete) return void showToast({ message: strings.notYet })
  const rowIds: RowIds = selected.size > 0 ? selected.pick(vector.rowIds).slice() : vector.rowIds.slice()
  const place = selected.size > 0 || text.trim() !== '' ? null : placeName(view, useLibrary.getState())
  try {
    const path = await choosePath(format, place)
    if (path === null) return
    if (rowIds.length > MANY) showToast({ message: strings.working(rowIds.length) })
    const done = await request('export.metadata', { assets: { rowIds }, format, path })
    showToast({ message: strings.done(done.assets, done.files, path) })
  } catch (thrown) {
    reportError(thrown)
  }
}

function choosePath(format: ExportFormat, place: string | null): Promise<string | null> {
  if (format === 'xmp') return request('shell.chooseFolder', { title: strings.chooseFolder })
  return request('shell.chooseSave', {
    title: strings.chooseFile,
    fileName: exportFileName(place, new Date(), format),
    kind: { name: strings.kinds[format], extension: format },
  })
}
