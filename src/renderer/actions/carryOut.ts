import { VitrineError } from '../../shared/contract/errors.ts'
import { DRAGGED_OUT } from '../../shared/contract/requests/shellRequests.ts'
import { request } from '../api/client.ts'
import { endAssetDrag, endCarriedDrag, isAssetDrag } from '../state/assetDrag.ts'
import { openFileDialog } from '../state/fileWork.ts'
import type { RowIds } from '../state/rowSet.ts'
import { dismissToast, showToast } from '../state/toasts.ts'
import { files } from '../strings/files.ts'
import { originals } from '../strings/originals.ts'
import { reportError } from './mutate.ts'
import { bringHere } from './originals.ts'

/** Copies of files that wait to be carried; a number that the shell gave them. */
type Carried = number

/** What takes longer than this is announced (milliseconds). */
const SLOW_MS = 700

/**
 * Makes copies of the files of what is dragged, which takes as long as it takes; the button may be up again by then. What was
 * made ready is kept for the next drag of the same assets.
 * @returns null when there is nothing to carry; a person has been told why
 */
export async function prepareCarrying(rowIds: RowIds): Promise<Carried | null> {
  if (rowIds.length > DRAGGED_OUT) {
    offerExport(files.tooManyToDrag(DRAGGED_OUT), rowIds)
    return null
  }
  let held = true
  const release = () => {
    held = false
  }
  window.addEventListener('pointerup', release, { once: true })
  let notice: number | null = null
  const slow = setTimeout(() => {
    notice = showToast({ message: files.gettingReady(rowIds.length) })
  }, SLOW_MS)
  try {
    const fetched = await bringHere(rowIds)
    if (fetched === 0) return null
    const { drag, left } = await request('shell.prepareDrag', { assets: { rowIds } })
    if (left !== null) showToast({ message: files.notCarried(left.count, left.reason), tone: 'bad' })
    // Another press may be waiting for the same files by now.
    const waits = held || isAssetDrag()
    if (!waits && drag !== null) showToast({ message: fetched === 'here' ? files.dragAgain : originals.dragAgain })
    return drag
  } catch (thrown) {
    if (thrown instanceof VitrineError && thrown.code === 'file_too_large') offerExport(thrown.message, rowIds)
    else reportError(thrown)
    return null
  } finally {
    clearTimeout(slow)
    if (notice !== null) dismissToast(notice)
    window.removeEventListener('pointerup', release)
  }
}

/** What is too much to be carried can still be exported. */
function offerExport(message: string, rowIds: RowIds): void {
  const id = showToast({
    message,
    action: {
      label: files.menuExport,
      run: () => {
        dismissToast(id)
        openFileDialog('export-files', rowIds)
      },
    },
  })
}

/** Lets the system carry the copies, while the button is down. */
export async function carryOut(drag: Carried): Promise<void> {
  try {
    const { over } = await request('shell.dragOut', { drag })
    endCarriedDrag(over)
  } catch (thrown) {
    endAssetDrag()
    reportError(thrown)
  }
}
