import { AudioLines, Box, File, FileText, Film, Image, Type } from 'lucide-react'
import { useState } from 'react'
import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import type { AssetDetail } from '../../../shared/contract/requests.ts'
import type { AssetType } from '../../../shared/domain/asset.ts'
import { openViewer } from '../../state/viewer.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { Thumbhash } from '../../ui/Thumbhash.tsx'
import styles from './AssetPreview.module.css'

const icons: Readonly<Record<AssetType, typeof File>> = {
  image: Image,
  video: Film,
  audio: AudioLines,
  document: FileText,
  model: Box,
  font: Type,
  other: File,
}

/** The picture of an asset, or what kind of thing it is; opens the viewer. */
export function AssetPreview({ asset }: { readonly asset: AssetDetail }) {
  const name = asset.custom_title ?? asset.file_name
  return (
    <button
      type="button"
      className={styles.preview}
      aria-label={strings.openInViewer(name)}
      onClick={() => openViewer(asset.row_id)}
    >
      {asset.thumbnail_path === null ? <Tile asset={asset} /> : <Picture key={asset.sha256} asset={asset} />}
    </button>
  )
}

function Picture({ asset }: { readonly asset: AssetDetail }) {
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  if (state === 'failed') return <Tile asset={asset} />
  const aspect = (asset.width ?? 1) / (asset.height ?? 1)
  return (
    <span className={styles.frame} style={{ aspectRatio: String(aspect) }}>
      {asset.thumbhash !== null && state === 'loading' ? (
        <Thumbhash hash={asset.thumbhash} className={styles.layer} />
      ) : null}
      <img
        className={styles.layer}
        src={thumbnailUrl(asset.sha256, 600)}
        alt=""
        draggable={false}
        onLoad={() => setState('shown')}
        onError={() => setState('failed')}
      />
    </span>
  )
}

function Tile({ asset }: { readonly asset: AssetDetail }) {
  const Icon = icons[asset.asset_type]
  return (
    <span className={styles.tile}>
      <Icon aria-hidden="true" />
      <span>{asset.extension.toUpperCase() || strings.noPreview}</span>
    </span>
  )
}
