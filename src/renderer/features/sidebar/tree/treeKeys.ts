import type { Nudge } from './dropPlace.ts'
import type { TreeItem, TreeRow } from './treeRows.ts'

/** What a key does in a tree. */
export type TreeKey =
  | { readonly kind: 'go'; readonly index: number }
  | { readonly kind: 'fold'; readonly open: boolean }
  | { readonly kind: 'nudge'; readonly step: Nudge }
  | { readonly kind: 'show' }
  | { readonly kind: 'rename' }
  | { readonly kind: 'delete' }

const nudges: Readonly<Record<string, Nudge>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
}

/**
 * The keys of the tree view pattern (WAI-ARIA Authoring Practices, "Tree View"), and Alt with an arrow to move what the
 * keyboard is on. Null for every other key.
 */
export function treeKey<T extends TreeItem>(
  rows: readonly TreeRow<T>[],
  index: number,
  press: { readonly key: string; readonly altKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean },
): TreeKey | null {
  const row = rows[index]
  if (press.ctrlKey || press.metaKey || row === undefined) return null
  if (press.altKey) {
    const step = nudges[press.key]
    return step === undefined ? null : { kind: 'nudge', step }
  }
  switch (press.key) {
    case 'ArrowDown':
      return { kind: 'go', index: Math.min(rows.length - 1, index + 1) }
    case 'ArrowUp':
      return { kind: 'go', index: Math.max(0, index - 1) }
    case 'Home':
      return { kind: 'go', index: 0 }
    case 'End':
      return { kind: 'go', index: rows.length - 1 }
    case 'ArrowRight':
      if (!row.hasChildren) return null
      return row.open ? { kind: 'go', index: index + 1 } : { kind: 'fold', open: true }
    case 'ArrowLeft':
      if (row.open) return { kind: 'fold', open: false }
      return row.depth === 0 ? null : { kind: 'go', index: parentIndex(rows, index) }
    case 'Enter':
    case ' ':
      return { kind: 'show' }
    case 'F2':
      return { kind: 'rename' }
    case 'Delete':
      return { kind: 'delete' }
    default:
      return null
  }
}

function parentIndex<T extends TreeItem>(rows: readonly TreeRow<T>[], index: number): number {
  const depth = rows[index]?.depth ?? 0
  let at = index
  while (at > 0 && (rows[at]?.depth ?? 0) >= depth) at--
  return at
}
