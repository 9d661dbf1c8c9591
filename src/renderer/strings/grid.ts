import type { AssetCard, AssetType, SyncState } from '../../shared/domain/asset.ts'
import type { ListFact } from '../state/listColumns.ts'
import { bytesText, counted, playingTime } from './quantities.ts'

const types: Readonly<Record<AssetType, string>> = {
  image: 'image',
  video: 'video',
  audio: 'sound',
  document: 'document',
  model: '3D model',
  font: 'font',
  other: 'file',
}

const sync: Readonly<Record<SyncState, string>> = {
  local: 'On this device only',
  queued: 'Waiting to upload',
  uploading: 'Uploading',
  synced: 'Synced, checksum confirmed',
  downloading: 'Downloading',
  'cloud-only': 'In the bucket only',
  conflict: 'Changed on two devices',
  blocked: 'Upload needs you',
  error: 'Upload failed',
}

const facts: Readonly<Record<ListFact, string>> = {
  type: 'Kind',
  dimensions: 'Dimensions',
  size: 'Size',
  duration: 'Duration',
  rating: 'Rating',
  tags: 'Tags',
  model: 'Model',
  captured: 'Captured',
  imported: 'Imported',
  sync: 'Sync',
}

/** Words of the grid. */
export const grid = {
  label: (place: string) => `Assets in ${place}`,
  type: (type: AssetType) => types[type],
  sync: (state: SyncState) => sync[state],
  syncWithReason: (state: SyncState, reason: string | null) =>
    reason === null ? sync[state] : `${sync[state]}: ${reason}`,
  name: (card: AssetCard) => card.custom_title ?? card.file_name,
  dimensions: (card: AssetCard) =>
    card.width === null || card.height === null ? '' : `${card.width} × ${card.height}`,
  loading: 'Loading',
  processing: 'Making the thumbnail',
  expiresIn: (time: string) => `Expires in ${time}`,
  expired: 'Expires now',
  favorite: 'Favourite',
  stars: (rating: number) => `${rating} of 5 stars`,
  version: (number: number) => `Version ${number}`,
  noReason: 'No thumbnail for this kind of file',
  thumbnailUnreadable: 'The thumbnail could not be read',
  missing: 'The original is not where it was',

  columnName: 'Name',
  fact: (fact: ListFact) => facts[fact],
  columns: 'Columns',
  usualColumns: 'Usual columns',
  widthOf: (column: string) => `Width of ${column}`,
  /** What kind of file it is: `PNG image`. */
  kind: (card: Pick<AssetCard, 'extension' | 'asset_type'>) => {
    const extension = card.extension.replace(/^\./, '').toUpperCase()
    return extension === '' ? types[card.asset_type] : `${extension} ${types[card.asset_type]}`
  },

  /** What a screen reader says of one asset. */
  describe(card: AssetCard): string {
    return [
      grid.name(card),
      types[card.asset_type],
      grid.dimensions(card),
      card.duration_seconds === null ? '' : playingTime(card.duration_seconds),
      bytesText(card.file_size_bytes),
      card.is_favorite ? grid.favorite : '',
      card.rating > 0 ? grid.stars(card.rating) : '',
      card.version_number > 1 ? grid.version(card.version_number) : '',
      card.status === 'available' ? '' : (card.error_message ?? ''),
      card.space === 'library' ? grid.syncWithReason(card.sync_state, card.sync_reason) : '',
    ]
      .filter((part) => part !== '')
      .join(', ')
  },

  dragging: (assets: number) => counted(assets, 'asset', 'assets'),
} as const
