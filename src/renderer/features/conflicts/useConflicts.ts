import { useCallback, useEffect, useState } from 'react'
import type { Conflict } from '../../../shared/contract/requests/conflictRequests.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { mutate, reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { cards } from '../../queries/cards.ts'
import { useLibrary } from '../../queries/library.ts'
import { conflicts as strings } from '../../strings/conflicts.ts'

const PAGE = 50
/** What the engine takes. */
const MOST = 500

interface Found {
  readonly total: number
  readonly conflicts: readonly Conflict[]
  readonly cards: ReadonlyMap<number, AssetCard>
}

interface Conflicts {
  /** Null until the first answer. */
  readonly found: Found | null
  readonly more: () => void
  readonly resolve: (ids: readonly number[], how: 'restore' | 'keep') => Promise<void>
}

/** Edits that lost, the newest first, kept up to date while they are shown. */
export function useConflicts(): Conflicts {
  const count = useLibrary((library) => library.sync?.conflicts ?? 0)
  const [found, setFound] = useState<Found | null>(null)
  const [limit, setLimit] = useState(PAGE)

  const load = useCallback(async () => {
    const { total, conflicts } = await request('conflicts.list', { limit })
    const rows = new Set(conflicts.flatMap(({ row_id }) => row_id ?? []))
    const loaded = await cards.load([...rows])
    return { total, conflicts, cards: new Map(loaded.map((card) => [card.row_id, card])) }
  }, [limit])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another count says that there are others.
  useEffect(() => {
    let current = true
    load().then(
      (answer) => current && setFound(answer),
      (thrown: unknown) => current && reportFailedRead(thrown),
    )
    return () => {
      current = false
    }
  }, [load, count])

  return {
    found,
    more: () => setLimit((before) => Math.min(MOST, before + PAGE)),
    async resolve(ids, how) {
      await mutate(() => request('conflicts.resolve', { ids: [...ids], how }), strings.nothingToDo)
      await load().then(setFound, reportFailedRead)
    },
  }
}
