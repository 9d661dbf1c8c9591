import { Expand } from 'lucide-react'
import { useState } from 'react'
import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import type { DuplicateMember } from '../../../shared/domain/duplicate.ts'
import { draggable } from '../../actions/dragAssets.ts'
import { useBrowse } from '../../state/browse.ts'
import { openViewer } from '../../state/viewer.ts'
import { duplicates as strings } from '../../strings/duplicates.ts'
import { grid } from '../../strings/grid.ts'
import { bytesText, momentText } from '../../strings/quantities.ts'
import { FileSheet } from '../../ui/FileSheet.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './Member.module.css'

/** Of the sheet that stands for a file without a picture, CSS pixels. */
const SHEET_HEIGHT = 96

/** One of a group as a choice: its picture and what tells it from the others. */
export function Member({
  member,
  card,
  group,
  best,
  chosen,
  onChoose,
}: {
  readonly member: DuplicateMember
  /** Undefined until it has come. */
  readonly card: AssetCard | undefined
  readonly group: string
  /** All members, to mark in what this one is ahead. */
  readonly best: ReadonlyMap<number, AssetCard>
  readonly chosen: boolean
  readonly onChoose: () => void
}) {
  const name = card?.custom_title ?? card?.file_name ?? ''
  return (
    <div className={styles.member} data-chosen={chosen || undefined}>
      <label className={styles.choice}>
        <input
          type="radio"
          className={styles.radio}
          name={group}
          checked={chosen}
          onChange={onChoose}
          aria-label={strings.keepThis(name)}
        />
        <span className={styles.frame} {...draggable(member.row_id)}>
          {card === undefined ? null : <Picture card={card} />}
          <span className={styles.verdict}>{chosen ? strings.keep : strings.moved}</span>
        </span>
        <span className={styles.name} title={name}>
          {name}
        </span>
        {card === undefined ? null : <Facts card={card} member={member} all={[...best.values()]} />}
      </label>
      <IconButton
        className={styles.open}
        label={strings.open(name)}
        size="s"
        onClick={() => {
          // The viewer moves through the view behind it; only this one surely has the asset.
          useBrowse.setState({ view: { kind: 'everything' }, text: '' })
          openViewer(member.row_id)
        }}
      >
        <Expand />
      </IconButton>
    </div>
  )
}

function Picture({ card }: { readonly card: AssetCard }) {
  const [failed, setFailed] = useState(false)
  if (failed || !card.has_thumbnail) {
    return (
      <FileSheet
        type={card.asset_type}
        extension={card.extension}
        fallback={grid.type(card.asset_type)}
        height={SHEET_HEIGHT}
      />
    )
  }
  return (
    <img
      className={styles.picture}
      src={thumbnailUrl(card.sha256, 300)}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setFailed(true)}
    />
  )
}

function Facts({
  card,
  member,
  all,
}: {
  readonly card: AssetCard
  readonly member: DuplicateMember
  readonly all: readonly AssetCard[]
}) {
  const pixels = (each: AssetCard) => (each.width ?? 0) * (each.height ?? 0)
  const ahead = (value: (each: AssetCard) => number) => {
    const values = all.map(value)
    return values.some((other) => other < value(card)) && value(card) === Math.max(...values)
  }
  return (
    <span className={styles.facts}>
      <span data-ahead={ahead(pixels) || undefined}>
        {card.width === null || card.height === null ? '' : `${card.width} × ${card.height}`}
      </span>
      <span data-ahead={ahead((each) => each.file_size_bytes) || undefined}>
        {card.extension.toUpperCase()} {bytesText(card.file_size_bytes)}
      </span>
      <span>
        {card.space === 'library' ? strings.inLibrary : strings.inWorkspace} · {momentText(card.imported_at)}
      </span>
      <span>
        {card.rating > 0 ? `${'★'.repeat(card.rating)} ` : ''}
        {member.distance > 0 ? strings.differs(member.distance) : ''}
      </span>
    </span>
  )
}
