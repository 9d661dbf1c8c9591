import { DRAGGED_OUT } from '../../shared/contract/requests/shellRequests.ts'
import { request } from '../api/client.ts'
import { endAssetDrag, endCarriedDrag } from '../state/assetDrag.ts'
import type { RowIds } from '../state/rowSet.ts'
import { showToast } from '../state/toasts.ts'
import { files } from '../strings/files.ts'
import { originals } from '../strings/originals.ts'
import { reportError } from './mutate.ts'
import { bringHere } from './originals.ts'

/** Copies of files that wait to be carried; a number that the shell gave them. */
type Carried = number

/**
 * Makes copies of the files of what is dragged, which takes as long as it takes; the button may be up again by then.
 * @returns null when there is nothing to carry; a person has been told why
 */
export async function prepareCarrying(rowIds: RowIds): Promise<Carried | null> {
  if (rowIds.length > DRAGGED_OUT) {
    showToast({ message: files.tooMuchToDrag })
    return null
  }
  let held = true
  const release = () => {
    held = false
  }
  window.addEventListener('pointerup', release, { once: true })
  try {
    const fetched = await bringHere(rowIds)
    if (fetched === 0) return null
    const { drag } = await request('shell.prepareDrag', { assets: { rowIds } })
    if (!held && drag !== null) showToast({ message: fetched === 'here' ? files.dragAgain : originals.dragAgain })
    return drag
  } catch (thrown) {
    reportError(thrown)
    return null
  } finally {
    window.removeEventListener('pointerup', release)
  }
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
