import { VitrineError } from '../../shared/contract/errors.ts'
import type { MutationResult } from '../../shared/contract/requests/requestMap.ts'
import { messageOf, request } from '../api/client.ts'
import { dismissToast, showToast } from '../state/toasts.ts'
import { actions } from '../strings/actions.ts'
import { longChangeStrings } from '../strings/longChanges.ts'
import { shortcutText } from './shortcutText.ts'

/** Undo takes back the last change only, so only the last change may offer it. */
let undoToast: number | null = null

/** Tells a person of something that failed. */
export function reportError(thrown: unknown): void {
  showToast({ message: messageOf(thrown), tone: 'bad' })
}

/**
 * Tells a person of something that the window wanted to read and could not.
 * An engine that is away is told of by the window itself, and what was asked of it is asked again when it is back.
 */
export function reportFailedRead(thrown: unknown): void {
  if (thrown instanceof VitrineError && thrown.code.startsWith('engine_')) return
  reportError(thrown)
}

/**
 * Runs a change, and says what it did with the way to take it back.
 * @param answersItself true for a failure that the caller tells a person of in a better way
 * @returns null when it failed; a person has been told
 */
export async function mutate(
  change: () => Promise<MutationResult>,
  nothingChanged: string = actions.nothingChanged,
  answersItself: (thrown: unknown) => boolean = () => false,
): Promise<MutationResult | null> {
  try {
    const result = await change()
    announce(result, nothingChanged)
    return result
  } catch (thrown) {
    if (!answersItself(thrown)) reportError(thrown)
    return null
  }
}

function messageFor({ label, cancelled }: MutationResult): string {
  return cancelled === true ? longChangeStrings.cancelled(label) : label
}

function announce(result: MutationResult, nothingChanged: string): void {
  if (undoToast !== null) dismissToast(undoToast)
  undoToast = null
  if (result.activityId === null) {
    showToast({ message: result.count === 0 ? nothingChanged : result.label })
    return
  }
  const id = showToast({
    message: messageFor(result),
    action: {
      label: actions.undo,
      shortcut: shortcutText('undo'),
      run: () => {
        dismissToast(id)
        void undo()
      },
    },
  })
  undoToast = id
}

/** Takes back the last change of data, whatever it was. */
export async function undo(): Promise<void> {
  await travel('history.undo', actions.redo, 'redo')
}

/** Does again what was taken back last. */
export async function redo(): Promise<void> {
  await travel('history.redo', actions.undo, 'undo')
}

async function travel(name: 'history.undo' | 'history.redo', back: string, key: 'undo' | 'redo'): Promise<void> {
  const [onwards, on] = key === 'redo' ? [actions.undo, 'undo' as const] : [actions.redo, 'redo' as const]
  if (undoToast !== null) dismissToast(undoToast)
  undoToast = null
  try {
    const result = await request(name)
    // A step that was stopped in its middle goes on; only a whole one goes the other way.
    const [label, next] = result.cancelled === true ? [onwards, on] : [back, key]
    const id = showToast({
      message: messageFor(result),
      action: {
        label,
        shortcut: shortcutText(next),
        run: () => {
          dismissToast(id)
          void (next === 'redo' ? redo() : undo())
        },
      },
    })
    undoToast = id
  } catch (thrown) {
    reportError(thrown)
  }
}
