import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './Picker.module.css'
import { useReturnFocus } from './useReturnFocus.ts'

/** A dialog with a field to type into and, below it, the lines to pick from. */
export function Picker({
  title,
  aside,
  search,
  list = search,
  wide = false,
  filtering,
  onClose,
  children,
}: {
  readonly title: string
  readonly aside?: ReactNode
  /** What the field asks for. */
  readonly search: string
  /** What the lines are. */
  readonly list?: string
  /** For lines that are sentences. */
  readonly wide?: boolean
  /** The picker leaves out lines that fit badly (0) and puts those that fit best (1) first, or its owner does. */
  readonly filtering:
    | { readonly by: 'fit'; readonly fit: (value: string, typed: string, words?: readonly string[]) => number }
    | { readonly by: 'owner'; readonly text: string; readonly onText: (text: string) => void }
  readonly onClose: () => void
  /** `PickerLine` and `PickerRemark`. */
  readonly children: ReactNode
}) {
  const { remember, giveBack } = useReturnFocus()
  const command = filtering.by === 'fit' ? { filter: filtering.fit } : { shouldFilter: false }
  const input = filtering.by === 'fit' ? {} : { value: filtering.text, onValueChange: filtering.onText }
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          className={styles.picker}
          data-wide={wide || undefined}
          aria-describedby={undefined}
          onOpenAutoFocus={remember}
          onCloseAutoFocus={giveBack}
        >
          <Command label={search} {...command} loop>
            <div className={styles.head}>
              <Dialog.Title className={styles.title} title={title}>
                {title}
              </Dialog.Title>
              {aside === undefined ? null : <span className={styles.note}>{aside}</span>}
            </div>
            <div className={styles.field}>
              <Search aria-hidden="true" />
              <Command.Input className={styles.input} {...input} placeholder={search} maxLength={255} />
            </div>
            <Command.List className={styles.list} label={list}>
              {children}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** One thing to pick. */
export function PickerLine({
  value,
  words,
  icon,
  name,
  hint,
  within = '',
  note,
  onPick,
}: {
  /** Tells it from the other lines. */
  readonly value: string
  /** What a picker that filters finds it by. */
  readonly words?: readonly string[]
  readonly icon?: ReactNode
  readonly name: string
  /** The whole of a name that was cut. */
  readonly hint?: string
  /** Where it is; '' at the top. */
  readonly within?: string
  readonly note?: string | undefined
  readonly onPick: () => void
}) {
  return (
    <Command.Item
      className={styles.item}
      value={value}
      {...(words === undefined ? {} : { keywords: [...words] })}
      onSelect={onPick}
    >
      {icon}
      <span className={styles.name} title={hint}>
        {name}
      </span>
      {within === '' ? null : (
        <span className={styles.within} title={within}>
          {within}
        </span>
      )}
      {note === undefined ? null : <span className={styles.note}>{note}</span>}
    </Command.Item>
  )
}

/** A sentence among the lines, such as that there are none. */
export function PickerRemark({ children }: { readonly children: string }) {
  return <p className={styles.remark}>{children}</p>
}
