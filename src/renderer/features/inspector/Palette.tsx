import { ScanSearch } from 'lucide-react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { findEverywhere } from '../../state/browse.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import styles from './Palette.module.css'

/** The colours of a picture, each of which finds others that have it, and the way to pictures that look like it. */
export function Palette({ asset }: { readonly asset: AssetDetail }) {
  // Only valid ones may be searched for; what an older version wrote stays unseen.
  const colors = [...new Set(asset.dominant_colors)].filter((color) => /^#[0-9a-f]{6}$/i.test(color))
  if (colors.length === 0 && asset.phash === null) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons of one kind, not fields of a form
    <div className={styles.palette} role="group" aria-label={strings.palette}>
      {colors.map((color) => (
        <Tooltip key={color} label={strings.findColor(color)}>
          <button
            type="button"
            className={styles.color}
            style={{ background: color }}
            aria-label={strings.findColor(color)}
            onClick={() => findEverywhere('color', color)}
          />
        </Tooltip>
      ))}
      <span className={styles.space} />
      {asset.phash === null ? null : (
        <IconButton
          className={styles.similar}
          label={strings.findSimilar}
          size="s"
          onClick={() => findEverywhere('similar', asset.id)}
        >
          <ScanSearch />
        </IconButton>
      )}
    </div>
  )
}
