import { request } from '../api/client.ts'
import { cards } from '../queries/cards.ts'
import type { RowIds } from '../state/rowSet.ts'
import { showToast } from '../state/toasts.ts'
import { actions } from '../strings/actions.ts'
import { clipboard as strings } from '../strings/clipboard.ts'
import { copyText } from './assets.ts'
import { reportError } from './mutate.ts'
import { targets } from './targets.ts'

/** Texts of more assets are too much for a clipboard. */
const MOST_PROMPTS = 500

/** Puts the picture of an asset on the clipboard, of a document a page (from 0) of it. */
export async function copyPicture(rowIds: RowIds = targets(), page = 0): Promise<void> {
  const [rowId] = rowIds
  if (rowId === undefined) return void showToast({ message: actions.nothingSelected })
  if (rowIds.length > 1) return void showToast({ message: strings.onePicture })
  try {
    const [card] = await cards.load([rowId])
    if (card === undefined) return
    if (!card.has_thumbnail && card.asset_type !== 'image') {
      showToast({ message: strings.noPicture(card.custom_title ?? card.file_name) })
      return
    }
    await request('shell.copyPicture', { id: card.id, page })
    showToast({ message: strings.copiedPicture(card.custom_title ?? card.file_name) })
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Puts the prompts of assets on the clipboard, each in a paragraph of its own. */
export async function copyPrompt(rowIds: RowIds = targets()): Promise<void> {
  if (rowIds.length === 0) return void showToast({ message: actions.nothingSelected })
  if (rowIds.length > MOST_PROMPTS) return void showToast({ message: strings.tooManyPrompts(MOST_PROMPTS) })
  try {
    const assets = await request('assets.read', { rowIds: [...rowIds] })
    const prompts = [...new Set(assets.flatMap(({ original_prompt }) => original_prompt?.trim() || []))]
    if (prompts.length === 0) showToast({ message: strings.noPrompt(rowIds.length) })
    else await copyText(prompts.join('\n\n'), strings.prompts(prompts.length))
  } catch (thrown) {
    reportError(thrown)
  }
}
