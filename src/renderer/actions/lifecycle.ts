import { VitrineError } from '../../shared/contract/errors.ts'
import type { View } from '../../shared/domain/query.ts'
import { request } from '../api/client.ts'
import { useLibrary } from '../queries/library.ts'
import { openView, useBrowse } from '../state/browse.ts'
import { closeDialog, openDialog } from '../state/panels.ts'
import { type Removal, useRemoval } from '../state/removal.ts'
import type { RowIds } from '../state/rowSet.ts'
import { showToast } from '../state/toasts.ts'
import { actions } from '../strings/actions.ts'
import { lifecycle as strings } from '../strings/lifecycle.ts'
import { longChangeStrings } from '../strings/longChanges.ts'
import { mutate, reportError } from './mutate.ts'
import { targets } from './targets.ts'

function ask(asked: Removal): void {
  if (asked.assets === 0) {
    showToast({ message: strings.trashIsEmpty })
    return
  }
  useRemoval.setState({ asked })
  openDialog('remove-for-good')
}

/** Asks whether all that is in Trash shall go for good, with what that is at this moment. */
export async function askToEmptyTrash(): Promise<void> {
  try {
    const { trash } = await request('lifecycle.status')
    ask({ what: 'all', assets: trash.assets, bytes: trash.bytes })
  } catch (thrown) {
    reportError(thrown)
  }
}

/** The same for some of it. */
export async function askToRemove(rowIds: RowIds = targets()): Promise<void> {
  const { view, screen } = useBrowse.getState()
  if (screen !== 'assets' || view.kind !== 'trash') {
    showToast({ message: strings.onlyFromTrash })
    return
  }
  if (rowIds.length === 0) {
    showToast({ message: actions.nothingSelected })
    return
  }
  try {
    const { deleted, bytes } = await request('assets.summary', { assets: { rowIds } })
    ask({ what: rowIds, assets: deleted, bytes })
  } catch (thrown) {
    reportError(thrown)
  }
}

/**
 * Removes for good what was asked about. If that takes long, the question goes and the foot of the window says how far it is.
 * @returns how many there are by now when more came than were confirmed; null when it is done
 * @throws {VitrineError} for everything else, while the question is still there
 */
export async function removeForGood({ what, assets }: Removal): Promise<number | null> {
  let asking = true
  const stop = useLibrary.subscribe(({ longChanges }) => {
    if (!asking || !longChanges.some(({ kind }) => kind === 'purge' || kind === 'files')) return
    asking = false
    closeDialog()
  })
  try {
    const done = await (what === 'all'
      ? request('trash.empty', { confirmed: assets })
      : request('trash.purge', { assets: { rowIds: what }, confirmed: assets }))
    const removed = strings.removed(done.count, done.bytes, done.filesLeft)
    showToast({ message: done.cancelled === true ? longChangeStrings.cancelled(removed) : removed })
    if (asking) closeDialog()
    return null
  } catch (thrown) {
    if (thrown instanceof VitrineError && thrown.code === 'count_changed') {
      const count = Number(thrown.details?.count)
      if (Number.isSafeInteger(count) && count > 0) return count
    }
    if (asking) throw thrown
    reportError(thrown)
    return null
  } finally {
    stop()
  }
}

/** Gives what is in the Workspace more time. Without `days` as much as a new asset gets; null: no end. */
export async function keepLonger(days?: number | null, rowIds: RowIds = targets()): Promise<void> {
  if (rowIds.length === 0) {
    showToast({ message: actions.nothingSelected })
    return
  }
  await mutate(
    () => request('workspace.keepLonger', { assets: { rowIds }, ...(days === undefined ? {} : { days }) }),
    strings.staysLongEnough,
  )
}

/** Discards what is left in the Workspace of a session, a job, or what is in both. */
export async function discardRest({ session, jobId }: Extract<View, { kind: 'workspace' }>): Promise<void> {
  const of = { ...(session === undefined ? {} : { session }), ...(jobId === undefined ? {} : { jobId }) }
  const result = await mutate(() => request('workspace.discardRest', of), strings.nothingLeft)
  if (result !== null) openView({ kind: 'workspace' })
}

/** Lets go what is due, also what is held because the clock could not be trusted. @returns false when it failed */
export async function cleanUpNow(): Promise<boolean> {
  try {
    const { expired, purged } = await request('workspace.expire', { force: true })
    showToast({
      message: strings.cleanedUp(expired, purged),
      ...(expired === 0 ? {} : { action: { label: strings.showTrash, run: () => openView({ kind: 'trash' }) } }),
    })
    return true
  } catch (thrown) {
    reportError(thrown)
    return false
  }
}
