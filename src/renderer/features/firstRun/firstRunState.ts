import { create } from 'zustand'

/** True from the first try to make or open a library until one is open. */
export const useFirstRun = create<{ readonly choosing: boolean }>()(() => ({ choosing: false }))
