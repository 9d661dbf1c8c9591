import { useState } from 'react'
import { thumbnailUrl } from '../../shared/contract/bridge.ts'
import type { AssetCard } from '../../shared/domain/asset.ts'
import { classNames } from './classNames.ts'
import { FileSheet } from './FileSheet.tsx'
import styles from './Thumb.module.css'
import { Thumbhash } from './Thumbhash.tsx'

/**
 * A small picture of an asset, cut to a square; a sheet with its kind where it has none. It says nothing to a screen
 * reader: what it stands in has the name.
 */
export function Thumb({
  card,
  size,
  kind,
  className,
}: {
  /** Undefined until it has come. */
  readonly card: AssetCard | undefined
  /** Of its side, CSS pixels. */
  readonly size: number
  /** What to call a file without an extension. */
  readonly kind: string
  readonly className?: string | undefined
}) {
  const [failed, setFailed] = useState<string | null>(null)
  const picture = card?.has_thumbnail && failed !== card.sha256
  return (
    <span className={classNames(styles.thumb, className)} style={{ width: size, height: size }} aria-hidden="true">
      {card?.thumbhash ? <Thumbhash hash={card.thumbhash} className={styles.layer} /> : null}
      {card === undefined ? null : picture ? (
        <img
          className={styles.layer}
          src={thumbnailUrl(card.sha256, size > 75 ? 300 : 150)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setFailed(card.sha256)}
        />
      ) : (
        <FileSheet type={card.asset_type} extension={card.extension} fallback={kind} height={Math.round(size * 0.76)} />
      )}
    </span>
  )
}
