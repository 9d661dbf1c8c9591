import { randomUUID } from 'node:crypto'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import { type LifecycleChange, type LifecyclePolicy, lifecyclePolicySchema } from '../../../shared/domain/lifecycle.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { policyKeys } from '../catalog/lifecycle.repository.ts'
import type { MutationWriter } from '../catalog/mutations.ts'
import { countAssets } from './countLabel.ts'
import { groupOf, type Part } from './inParts.ts'

export const DAY_MS = 24 * 3_600_000
/** Assets that get another date in one transaction. */
const BATCH = 5000

/** When a Workspace asset that came at `importedAt` (ms) expires as the library has it now; null: never. */
export function expiryOf(catalog: Pick<Catalog, 'lifecycle'>, importedAt: number): number | null {
  const { expiryDays } = catalog.lifecycle.policy()
  return expiryDays === null ? null : importedAt + expiryDays * DAY_MS
}

/**
 * Changes the policy of the library, and the dates of what is in the Workspace with it: all one entry of the history, so
 * that undoing it gives the old policy and the old dates back. Dates are counted from the import; none becomes earlier than
 * a day from now. `now` in ms.
 */
export async function changePolicy(
  catalog: Catalog,
  change: LifecycleChange,
  now: number,
): Promise<{ readonly policy: LifecyclePolicy; readonly result: MutationResult }> {
  const before = catalog.lifecycle.policy()
  const policy = lifecyclePolicySchema.parse({ ...before, ...given(change) })
  const label = (): string => policyLabel(before, policy)
  const spec = { kind: 'policy', label, undoable: true, now, groupId: `policy-${randomUUID()}` }
  let result = catalog.mutate(spec, (writer) => setPolicy(writer, before, policy))
  if (policy.expiryDays === before.expiryDays) return { policy, result }
  let count = 0
  for (let after: Parameters<Catalog['lifecycle']['workspaceDates']>[0] = 0; ; ) {
    const batch = catalog.lifecycle.workspaceDates(after, BATCH)
    const last = batch.at(-1)
    if (last === undefined) break
    after = last.rowId
    result = catalog.mutate(spec, (writer) => {
      const { expiryDays } = policy
      const end = (importedAt: number) =>
        expiryDays === null ? null : Math.max(importedAt + expiryDays * DAY_MS, now + DAY_MS)
      writer.setEach(
        'expires_at',
        batch.map(({ rowId, importedAt }) => [rowId, end(importedAt)] as const),
      )
    })
    count += result.count
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return { policy, result: { ...result, count } }
}

function setPolicy(writer: MutationWriter, before: LifecyclePolicy, policy: LifecyclePolicy): void {
  for (const key of Object.keys(policyKeys) as (keyof LifecyclePolicy)[]) {
    if (before[key] !== policy[key]) {
      writer.set('librarySetting', policyKeys[key], 'value', JSON.stringify(policy[key]))
    }
  }
}

function policyLabel(before: LifecyclePolicy, policy: LifecyclePolicy): string {
  if (policy.expiryDays !== before.expiryDays) {
    return policy.expiryDays === null
      ? 'Workspace assets no longer expire'
      : `Workspace assets expire after ${days(policy.expiryDays)}`
  }
  if (policy.trashDays !== before.trashDays) {
    return policy.trashDays === null ? 'Trash keeps everything' : `Trash keeps assets for ${days(policy.trashDays)}`
  }
  return 'Changed the quota of the library'
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`
}

/**
 * Gives Workspace assets at least this many days from now (null: no end at all). What is kept or in Trash is left alone.
 * `now` in ms.
 */
export function keepLonger(
  catalog: Catalog,
  selection: AssetSelection,
  dayCount: number | null,
  now: number,
  part?: Part,
): MutationResult {
  const label = (count: number): string =>
    dayCount === null ? `${countAssets(count)} will not expire` : `Gave ${countAssets(count)} ${days(dayCount)} more`
  return catalog.mutate({ kind: 'keep-longer', label, undoable: true, now, ...groupOf(part) }, (writer) => {
    const longer = catalog.assets.selected(selection).flatMap(({ rowId, space, deletedAt }) => {
      const end = space === 'workspace' && deletedAt === null ? catalog.lifecycle.expiryDate(rowId) : null
      if (end === null) return []
      return [[rowId, dayCount === null ? null : Math.max(end, now + dayCount * DAY_MS)] as const]
    })
    writer.setEach('expires_at', longer)
  })
}

function given(change: LifecycleChange): LifecycleChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
