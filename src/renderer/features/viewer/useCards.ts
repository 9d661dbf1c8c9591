import { useEffect } from 'react'
import { reportFailedRead } from '../../actions/mutate.ts'
import { subscribe } from '../../api/client.ts'
import { cards } from '../../queries/cards.ts'

/**
 * Keeps the cards of these rows loaded and fresh, beside those that the grid below asks for. Read them with `useCard`.
 * @param key changes when `rows` answers something else
 */
export function useCards(rows: () => readonly number[], key: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `rows` is a function of what `key` says
  useEffect(() => {
    const load = () => {
      cards.load(rows()).catch(reportFailedRead)
    }
    load()
    return subscribe('catalog.changed', load)
  }, [key])
}
