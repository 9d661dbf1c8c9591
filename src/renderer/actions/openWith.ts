import type { EventPayload } from '../../shared/contract/events.ts'
import type { OpeningProgram } from '../../shared/contract/requests/openRequests.ts'
import type { AssetId } from '../../shared/domain/ids.ts'
import { request } from '../api/client.ts'
import { cards } from '../queries/cards.ts'
import { openFileDialog } from '../state/fileWork.ts'
import { showToast } from '../state/toasts.ts'
import { openWith as strings } from '../strings/openWith.ts'
import { reportError } from './mutate.ts'
import { bringHere } from './originals.ts'

/** Asks which program is to open an asset. */
export function askForProgram(rowId: number): void {
  openFileDialog('open-with', Int32Array.of(rowId))
}

/** The programs of this computer that can open an asset; null when they could not be had, which a person has been told. */
export async function programsOf(rowId: number): Promise<readonly OpeningProgram[] | null> {
  try {
    const [card] = await cards.load([rowId])
    return card === undefined ? [] : await request('shell.programs', { id: card.id })
  } catch (thrown) {
    reportError(thrown)
    return null
  }
}

/** Opens an asset in a program, in the usual one for null. */
export function openInProgram(rowId: number, program: string | null): Promise<void> {
  return withOriginal(rowId, (id) => request('shell.openWith', { id, program }))
}

/** Lets the system ask for the program. */
export function openInOther(rowId: number): Promise<void> {
  return withOriginal(rowId, (id) => request('shell.openWithOther', { id }))
}

/** Says what has become of a copy that was saved in another program. */
export function tellSaved({ fileName, problem }: EventPayload<'copy.saved'>): void {
  if (problem === null) showToast({ message: strings.saved(fileName) })
  else showToast({ message: strings.notSaved(fileName, problem), tone: 'bad' })
}

async function withOriginal(rowId: number, open: (id: AssetId) => Promise<unknown>): Promise<void> {
  try {
    const [card] = await cards.load([rowId])
    if (card === undefined || (await bringHere(Int32Array.of(rowId))) === 0) return
    await open(card.id)
  } catch (thrown) {
    reportError(thrown)
  }
}
