import { useState } from 'react'
import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { draggable } from '../../actions/dragAssets.ts'
import { openViewer } from '../../state/viewer.ts'
import { grid } from '../../strings/grid.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { FileSheet } from '../../ui/FileSheet.tsx'
import { Thumbhash } from '../../ui/Thumbhash.tsx'
import styles from './AssetPreview.module.css'
import { useVersionDrop } from './useVersionDrop.ts'

/** The picture of an asset, or what kind of thing it is; opens the viewer. A file that is dropped onto it is its new version. */
export function AssetPreview({ asset }: { readonly asset: AssetDetail }) {
  const name = asset.custom_title ?? asset.file_name
  const { over, drop } = useVersionDrop(asset.id)
  return (
    <button
      type="button"
      className={styles.preview}
      aria-label={strings.openInViewer(name)}
      onClick={() => openViewer(asset.row_id)}
      data-drop={over || undefined}
      {...draggable(asset.row_id)}
      {...drop}
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
  return (
    <FileSheet type={asset.asset_type} extension={asset.extension} fallback={grid.type(asset.asset_type)} height={96} />
  )
}
