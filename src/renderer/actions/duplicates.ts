import type { DuplicateGroup } from '../../shared/domain/duplicate.ts'
import type { AssetId } from '../../shared/domain/ids.ts'
import { request } from '../api/client.ts'
import { showToast } from '../state/toasts.ts'
import { actions } from '../strings/actions.ts'
import { duplicates as strings } from '../strings/duplicates.ts'
import { mutate, reportError } from './mutate.ts'

/** Keeps one of a group and moves the others to Trash. @returns false when it failed; a person has been told */
export async function resolveGroup(group: DuplicateGroup, keep: AssetId): Promise<boolean> {
  const remove = group.members.map(({ id }) => id).filter((id) => id !== keep)
  return (await mutate(() => request('duplicates.resolve', { keep, remove }))) !== null
}

/** Keeps the suggested one of each group. Each group is a step of its own to undo. */
export async function resolveGroups(groups: readonly DuplicateGroup[]): Promise<boolean> {
  for (const group of groups) {
    const [keeper] = group.members
    if (keeper !== undefined && !(await resolveGroup(group, keeper.id))) return false
  }
  return true
}

/** Says that a group are no duplicates; the message offers to take that back. */
export async function dismissGroup({ key }: DuplicateGroup): Promise<boolean> {
  try {
    await request('duplicates.dismiss', { key, dismissed: true })
    showToast({
      message: strings.dismissed,
      action: {
        label: actions.undo,
        run: () => void request('duplicates.dismiss', { key, dismissed: false }).catch(reportError),
      },
    })
    return true
  } catch (thrown) {
    reportError(thrown)
    return false
  }
}
