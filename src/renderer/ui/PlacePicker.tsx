import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useMemo, useState } from 'react'
import styles from './PlacePicker.module.css'

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
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Content className={styles.picker} aria-describedby={undefined}>
          <Command label={search} shouldFilter={false} loop>
            <div className={styles.head}>
              <Dialog.Title className={styles.title}>{title}</Dialog.Title>
              {aside === undefined ? null : <span className={styles.note}>{aside}</span>}
            </div>
            <div className={styles.field}>
              <Search aria-hidden="true" />
              <Command.Input
                className={styles.input}
                value={text}
                onValueChange={setText}
                placeholder={search}
                maxLength={255}
              />
            </div>
            <Command.List className={styles.list} label={search}>
              {found.slice(0, SHOWN).map((pick) => (
                <Command.Item key={pick.id} className={styles.item} value={pick.id} onSelect={() => onPick(pick.id)}>
                  {pick.icon}
                  <span className={styles.name}>{pick.name}</span>
                  {pick.within === '' ? null : (
                    <span className={styles.within} title={pick.within}>
                      {pick.within}
                    </span>
                  )}
                  {pick.note === undefined ? null : <span className={styles.note}>{pick.note}</span>}
                </Command.Item>
              ))}
              {offer === null ? null : (
                <Command.Item className={styles.item} value="create" onSelect={offer.run}>
                  {offer.icon}
                  <span className={styles.name}>{offer.label}</span>
                </Command.Item>
              )}
              {found.length === 0 && offer === null ? <p className={styles.none}>{none}</p> : null}
              {found.length > SHOWN ? <p className={styles.none}>{more(found.length - SHOWN)}</p> : null}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
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
