import { type ReactNode, useMemo, useState } from 'react'
import { Picker, PickerLine, PickerRemark } from './Picker.tsx'

/** Something that can be picked: a collection, a tag, or the top of their tree. */
export interface Pick {
  readonly id: string
  readonly name: string
  /** What it is in, outermost first, joined as a path is read; '' at the top. */
  readonly within: string
  /** More words by which it is found. */
  readonly words?: readonly string[]
  readonly icon: ReactNode
  readonly note?: string
}

/** More lines than these help nobody; typing finds the rest. */
const SHOWN = 80

/** A dialog that finds one of many by typing. */
export function PlacePicker({
  title,
  aside,
  search,
  picks,
  none,
  more,
  create,
  onPick,
  onClose,
}: {
  readonly title: string
  readonly aside?: ReactNode
  /** What the field asks for. */
  readonly search: string
  readonly picks: readonly Pick[]
  /** Said when nothing is found. */
  readonly none: string
  readonly more: (left: number) => string
  /** Offers to make what was typed; null when there is nothing to offer. */
  readonly create?: (
    text: string,
  ) => { readonly label: string; readonly icon: ReactNode; readonly run: () => void } | null
  readonly onPick: (id: string) => void
  readonly onClose: () => void
}) {
  const [text, setText] = useState('')
  const found = useMemo(() => findPicks(picks, text), [picks, text])
  const offer = create?.(text) ?? null
  return (
    <Picker
      title={title}
      aside={aside}
      search={search}
      filtering={{ by: 'owner', text, onText: setText }}
      onClose={onClose}
    >
      {found.slice(0, SHOWN).map(({ id, name, within, icon, note }) => (
        <PickerLine key={id} value={id} icon={icon} name={name} within={within} note={note} onPick={() => onPick(id)} />
      ))}
      {offer === null ? null : <PickerLine value="create" icon={offer.icon} name={offer.label} onPick={offer.run} />}
      {found.length === 0 && offer === null ? <PickerRemark>{none}</PickerRemark> : null}
      {found.length > SHOWN ? <PickerRemark>{more(found.length - SHOWN)}</PickerRemark> : null}
    </Picker>
  )
}

/**
 * What a text may mean, in this order: names that begin with it, names with a word that does, names that contain it,
 * and what is in such a place or has such other names. All of them for an empty text.
 */
export function findPicks<T extends Pick>(picks: readonly T[], text: string): readonly T[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return picks
  const ranked: T[][] = [[], [], [], []]
  for (const pick of picks) {
    const name = pick.name.toLowerCase()
    const others = [`${pick.within} / ${pick.name}`, ...(pick.words ?? [])]
    const rank = name.startsWith(wanted)
      ? 0
      : name.split(/[\s/_-]+/).some((word) => word.startsWith(wanted))
        ? 1
        : name.includes(wanted)
          ? 2
          : others.some((other) => other.toLowerCase().includes(wanted))
            ? 3
            : null
    if (rank !== null) ranked[rank]?.push(pick)
  }
  return ranked.flat()
}
