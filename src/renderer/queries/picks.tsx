import { Folder, Hash, Sparkle } from 'lucide-react'
import type { Collection } from '../../shared/domain/collection.ts'
import type { Tag } from '../../shared/domain/tag.ts'
import { countText } from '../strings/quantities.ts'
import type { Pick } from '../ui/PlacePicker.tsx'

/** Collections as something to pick, each with the path that it is in. */
export function collectionPicks(
  all: readonly Collection[],
  wanted: (collection: Collection) => boolean,
): readonly Pick[] {
  const paths = new Map<string, string>()
  return all.flatMap((collection) => {
    const { id, name, parent_id: parent, kind, asset_count: count } = collection
    const within = parent === null ? '' : (paths.get(parent) ?? '')
    paths.set(id, within === '' ? name : `${within} / ${name}`)
    if (!wanted(collection)) return []
    const Icon = kind === 'smart' ? Sparkle : Folder
    return { id, name, within, icon: <Icon aria-hidden="true" />, ...(count ? { note: countText(count) } : {}) }
  })
}

/** Tags as something to pick, found by their aliases too. */
export function tagPicks(all: readonly Tag[], wanted: (tag: Tag) => boolean): readonly Pick[] {
  return all.filter(wanted).map(({ id, name, path, aliases, color, total_count: count }) => ({
    id,
    name,
    within: path.split('/').slice(0, -1).join(' / '),
    words: aliases,
    icon: <Hash aria-hidden="true" {...(color === null ? {} : { style: { color } })} />,
    ...(count === 0 ? {} : { note: countText(count) }),
  }))
}

/** The ids of something and all that is below it. */
export function withBelow(all: readonly { readonly id: string; readonly parent_id: string | null }[], id: string) {
  const inside = new Set([id])
  // Depth-first, so what is above comes first.
  for (const one of all) if (one.parent_id !== null && inside.has(one.parent_id)) inside.add(one.id)
  return inside
}

/** The names of a collection and of what it is in, outermost first; '' for an unknown one. */
export function collectionPath(all: readonly Collection[], id: string): string {
  const names: string[] = []
  // Depth-first, so what holds a collection comes before it.
  let wanted: string | null = id
  for (let at = all.length - 1; at >= 0 && wanted !== null; at--) {
    const one = all[at]
    if (one?.id !== wanted) continue
    names.unshift(one.name)
    wanted = one.parent_id
  }
  return names.join(' / ')
}
