import { create } from 'zustand'

export interface ToastEntry {
  readonly id: number
  readonly message: string
  readonly tone: 'plain' | 'bad'
  readonly action?: { readonly label: string; readonly shortcut?: string; readonly run: () => void }
}

/** At most this many at once; an older one makes room. */
const LIMIT = 3
const LIFETIME_MS = { plain: 6_000, bad: 12_000 } as const

let lastId = 0
const timers = new Map<number, ReturnType<typeof setTimeout>>()

export const useToasts = create<{ readonly toasts: readonly ToastEntry[] }>()(() => ({ toasts: [] }))

/** Shows a toast for a few seconds and answers its id. */
export function showToast(toast: Omit<ToastEntry, 'id' | 'tone'> & { readonly tone?: ToastEntry['tone'] }): number {
  const entry: ToastEntry = { tone: 'plain', ...toast, id: ++lastId }
  const toasts = [...useToasts.getState().toasts, entry]
  for (const old of toasts.slice(0, -LIMIT)) dismissToast(old.id)
  useToasts.setState({ toasts: toasts.slice(-LIMIT) })
  timers.set(
    entry.id,
    setTimeout(() => dismissToast(entry.id), LIFETIME_MS[entry.tone]),
  )
  return entry.id
}

export function dismissToast(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}
