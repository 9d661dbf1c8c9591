import { create } from 'zustand'
import type { RowIds } from './rowSet.ts'

/** What a person is asked about before it is gone for good. */
export interface Removal {
  /** Row ids in Trash; `all` for everything that is there. */
  readonly what: 'all' | RowIds
  readonly assets: number
  readonly bytes: number
}

/** The question that is open; only `actions/lifecycle.ts` asks it. */
export const useRemoval = create<{ readonly asked: Removal | null }>()(() => ({ asked: null }))
