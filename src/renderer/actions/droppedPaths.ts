import { pathForFile } from '../api/client.ts'
import { showToast } from '../state/toasts.ts'
import { actions } from '../strings/actions.ts'

/** The paths of what was dropped. What exists only inside another program has none, and a person is told. */
export function droppedPaths(transfer: DataTransfer): string[] {
  const files = [...transfer.files]
  const paths = files.map(pathForFile).filter((path) => path !== null)
  if (paths.length < files.length) showToast({ message: actions.noPath, tone: 'bad' })
  return paths
}
