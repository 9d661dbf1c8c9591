import { create } from 'zustand'
import { type ImportTarget, workspaceTarget } from '../../actions/imports.ts'

/** Addresses that a person is asked about before anything is fetched from them, and where what comes would go. */
export const useWebFetch = create<{ readonly addresses: readonly string[]; readonly target: ImportTarget }>()(() => ({
  addresses: [],
  target: workspaceTarget,
}))
