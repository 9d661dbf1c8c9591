import { Clock } from 'lucide-react'
import { Fragment, useEffect } from 'react'
import { useLibrary } from '../../queries/library.ts'
import { countText } from '../../strings/quantities.ts'
import { search } from '../../strings/search.ts'
import { classNames } from '../../ui/classNames.ts'
import styles from './OfferList.module.css'
import { offerId } from './offerId.ts'
import type { Offer, OfferGroup } from './searchOffers.ts'

const titles = { recent: search.recent, fields: search.fields, values: search.values } as const

/** What can be written, below the field: a listbox that the input, a combobox, points into. */
export function OfferList({
  id,
  groups,
  active,
  onTake,
}: {
  readonly id: string
  readonly groups: readonly OfferGroup[]
  readonly active: Offer | undefined
  readonly onTake: (offer: Offer) => void
}) {
  let index = 0
  return (
    <div id={id} role="listbox" aria-label={search.offers} className={styles.list}>
      {groups.map(({ kind, offers }) => (
        // biome-ignore lint/a11y/useSemanticElements: options in groups are made of roles
        <div key={kind} role="group" aria-label={titles[kind]}>
          <div className={styles.heading} aria-hidden="true">
            {titles[kind]}
          </div>
          {offers.map((offer) => {
            const optionId = offerId(id, index++)
            return (
              <Option
                key={optionId}
                id={optionId}
                offer={offer}
                selected={offer === active}
                onTake={() => onTake(offer)}
              />
            )
          })}
        </div>
      ))}
    </div>
  )
}

function Option({
  id,
  offer,
  selected,
  onTake,
}: {
  readonly id: string
  readonly offer: Offer
  readonly selected: boolean
  readonly onTake: () => void
}) {
  useEffect(() => {
    if (selected) document.getElementById(id)?.scrollIntoView({ block: 'nearest' })
  }, [id, selected])
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className={styles.option}
      // The field keeps the keyboard.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onTake}
      onKeyDown={undefined}
    >
      <Content offer={offer} />
    </div>
  )
}

function Content({ offer }: { readonly offer: Offer }) {
  switch (offer.kind) {
    case 'recent':
      return <Recent text={offer.text} />
    case 'forget':
      return <Forget />
    case 'suggestion':
      return <Suggested offer={offer} />
  }
}

function Forget() {
  return (
    <>
      <span className={styles.mark} />
      <span className={styles.explanation}>{search.forget}</span>
    </>
  )
}

function Recent({ text }: { readonly text: string }) {
  return (
    <>
      <span className={styles.mark}>
        <Clock aria-hidden="true" />
      </span>
      <span className={styles.label}>{text}</span>
    </>
  )
}

function Suggested({ offer }: { readonly offer: Extract<Offer, { kind: 'suggestion' }> }) {
  const { suggestion, field, value } = offer
  const { label, explanation, count } = suggestion
  return (
    <>
      {field === null ? null : <Mark field={field} value={value} beside={label !== value} />}
      <span className={classNames(styles.label, field === null && styles.named)}>
        {field === null || label === value ? (
          label
        ) : (
          <Fragment>
            <span className={styles.field}>{`${field}:`}</span>
            {value}
          </Fragment>
        )}
      </span>
      {explanation === '' ? null : <span className={styles.explanation}>{explanation}</span>}
      {count === undefined ? null : (
        <span className={styles.count} title={search.foundAloud(count)}>
          {countText(count)}
        </span>
      )}
    </>
  )
}

/** The colour of a tag, or the one that is searched for. */
function Mark({
  field,
  value,
  beside,
}: {
  readonly field: string
  readonly value: string
  /** True in a list of several fields, whose names begin at one line. */
  readonly beside: boolean
}) {
  const tagColor = useLibrary(({ tags }) =>
    field === 'tag' ? (tags.find(({ name }) => name.toLowerCase() === value.toLowerCase())?.color ?? null) : null,
  )
  const color = field === 'color' ? value : field === 'label' && value !== 'none' ? `var(--label-${value})` : tagColor
  if (field === 'tag' || color !== null) {
    return (
      <span className={styles.mark}>
        <span className={styles.dot} {...(color === null ? {} : { style: { background: color } })} />
      </span>
    )
  }
  return beside ? <span className={styles.mark} /> : null
}
