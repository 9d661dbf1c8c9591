import type { ReactNode } from 'react'
import type { ZodType } from 'zod'
import { NameField } from './NameField.tsx'
import { DRAFT } from './tree/draft.ts'
import type { useNaming } from './useNaming.ts'

/** The line of a tree that is being named, and the field for its name; null when nobody names anything. */
export function nameFieldOf(
  { naming, attempt, stop }: ReturnType<typeof useNaming>,
  items: readonly { readonly id: string; readonly name: string }[],
  field: {
    readonly label: string
    readonly icon: ReactNode
    readonly schema: ZodType<string>
    readonly onCommit: (name: string) => Promise<unknown>
  },
): { readonly id: string; readonly field: ReactNode } | null {
  if (naming === null) return null
  const id = naming.kind === 'new' ? DRAFT : naming.id
  const initial = items.find((one) => one.id === id)?.name ?? ''
  return { id, field: <NameField key={attempt} {...field} initial={initial} onCancel={stop} /> }
}
