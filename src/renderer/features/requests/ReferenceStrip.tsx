import { X } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react'
import type { GenerationRequest } from '../../../shared/domain/generationRequest.ts'
import { moveReference, removeReference, viewFromRequests } from '../../actions/requests.ts'
import { useLoadedCards } from '../../queries/loadedCards.ts'
import { requests as strings } from '../../strings/requests.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { AssetButton, useAssetName } from './AssetButton.tsx'
import { placeBefore } from './placeBefore.ts'
import styles from './ReferenceStrip.module.css'

/** Marks a drag as one of a reference, so that places that take files or assets don't react to it. */
const DRAG_TYPE = 'application/x-vitrine-reference'

type Reference = GenerationRequest['references'][number]

/** What the generator is given to look at, in its order, which is changed by dragging or with Alt and an arrow key. */
export function ReferenceStrip({ request: { id, references } }: { readonly request: GenerationRequest }) {
  const list = useRef<HTMLUListElement>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const [current, setCurrent] = useState(0)
  useLoadedCards(references.map(({ row_id }) => row_id))
  if (references.length === 0) return <p className={styles.none}>{strings.noReferences}</p>

  const focus = (at: number) => {
    const place = Math.max(0, Math.min(references.length - 1, at))
    setCurrent(place)
    list.current?.querySelectorAll<HTMLElement>('[data-reference]')[place]?.focus()
  }
  const move = async (from: number, to: number) => {
    const before = placeBefore(references, from, to)
    const moved = references[from]
    if (before !== undefined && moved !== undefined) await moveReference(id, moved.id, before?.id ?? null)
  }
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const reference = references[at]
    if (step !== 0 && event.altKey) {
      // The keyboard goes with what it moves.
      void move(at, at + step)
      setCurrent(Math.max(0, Math.min(references.length - 1, at + step)))
    } else if (step !== 0) focus(at + step)
    else if ((event.key === 'Delete' || event.key === 'Backspace') && reference !== undefined) {
      void removeReference(id, reference.id)
      focus(at === references.length - 1 ? at - 1 : at)
    } else return
    event.preventDefault()
  }
  const drop = (event: DragEvent, to: number) => {
    event.preventDefault()
    if (dragged !== null) void move(dragged, to)
    setDragged(null)
    setOver(null)
  }

  return (
    <ul ref={list} className={styles.strip} aria-label={strings.references(references.length)}>
      {references.map((reference, at) => (
        <li
          key={reference.id}
          className={styles.item}
          data-over={
            over === at && dragged !== at ? (dragged !== null && dragged < at ? 'after' : 'before') : undefined
          }
          draggable
          onDragStart={(event) => {
            event.dataTransfer.setData(DRAG_TYPE, reference.id)
            event.dataTransfer.effectAllowed = 'move'
            setDragged(at)
          }}
          onDragEnd={() => {
            setDragged(null)
            setOver(null)
          }}
          onDragOver={(event) => {
            if (dragged === null) return
            event.preventDefault()
            setOver(at)
          }}
          onDrop={(event) => drop(event, at)}
        >
          <ReferenceButton
            reference={reference}
            at={at}
            of={references.length}
            tabStop={at === Math.min(current, references.length - 1)}
            onFocus={() => setCurrent(at)}
            onKeyDown={(event) => onKeyDown(event, at)}
            onRemove={() => void removeReference(id, reference.id)}
          />
        </li>
      ))}
    </ul>
  )
}

function ReferenceButton({
  reference,
  at,
  of,
  tabStop,
  onFocus,
  onKeyDown,
  onRemove,
}: {
  readonly reference: Reference
  readonly at: number
  readonly of: number
  readonly tabStop: boolean
  readonly onFocus: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onRemove: () => void
}) {
  const name = useAssetName(reference.row_id)
  const label = (reference.in_trash ? strings.referenceInTrash : strings.reference)(name, at + 1, of)
  return (
    <>
      <AssetButton
        rowId={reference.row_id}
        label={label}
        title={`${label}. ${strings.referenceKeys}`}
        dimmed={reference.in_trash}
        data-reference
        tabIndex={tabStop ? 0 : -1}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
        onClick={() => viewFromRequests(reference.row_id, null)}
      />
      <IconButton
        className={styles.remove}
        label={strings.takeOut(name)}
        size="s"
        tooltip={false}
        // Delete does the same where the keyboard is.
        tabIndex={-1}
        onClick={onRemove}
      >
        <X />
      </IconButton>
    </>
  )
}
