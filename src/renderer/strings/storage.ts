import type { AssetType } from '../../shared/domain/asset.ts'
import type { QuotaState } from '../../shared/domain/storage.ts'
import { bytesText, counted, countText } from './quantities.ts'

const types: Readonly<Record<AssetType, string>> = {
  image: 'Images',
  video: 'Videos',
  audio: 'Sounds',
  document: 'Documents',
  model: '3D models',
  font: 'Fonts',
  other: 'Other files',
}

const percent = (share: number): string => {
  const value = Math.floor(share * 100)
  // What is full must not look as if there were room, and the other way round.
  if (value === 0 && share > 0) return '< 1\u00a0%'
  return value > 999 ? 'over 999\u00a0%' : `${value}\u00a0%`
}

/** Words of the storage screen, and of quotas wherever they show. */
export const storage = {
  title: 'Storage',
  looking: 'Adding up…',
  failedTitle: 'This could not be added up',
  retry: 'Try again',
  summary: (assets: number, bytes: number) => `${counted(assets, 'asset', 'assets')} · ${bytesText(bytes)}`,
  emptyTitle: 'Nothing takes any room yet',
  emptyText: 'Once there are assets, this shows what takes how much, and what could be freed.',

  disk: 'On this disk',
  originals: 'Originals',
  inTrash: 'Trash',
  cache: 'Thumbnails and previews',
  cacheHint: 'Made again when they are needed.',
  catalog: 'Catalogue',
  journal: 'Journal',
  journalHint: 'Every change since the beginning: what the catalogue can be rebuilt from.',
  freeOf: (free: number, size: number) => `${bytesText(free)} free of ${bytesText(size)}`,
  about: (bytes: number) => `about ${bytesText(bytes)}`,
  diskLabel: (vitrine: number, free: number) =>
    `${bytesText(vitrine)} of the disk is Vitrine’s, ${bytesText(free)} is free`,
  used: (vitrine: number) => `${bytesText(vitrine)} used by Vitrine`,

  reclaim: 'What could be freed',
  reclaimTrash: 'Trash',
  reclaimTrashText: 'Can be restored until it is emptied.',
  reclaimWorkspace: 'Workspace',
  reclaimWorkspaceText: 'Not kept yet.',
  reclaimDuplicates: 'Duplicates',
  reclaimDuplicatesText: 'The same bytes as another asset.',
  nothingToFree: 'Nothing',
  show: 'Show',
  showWhat: (what: string) => `Show: ${what}`,

  quotas: 'Quotas',
  libraryQuota: 'Library',
  noQuota: 'No quota',
  setQuota: 'Set a quota…',
  changeQuota: 'Change…',
  /** What is written on the button comes first, so that it can be called by that. */
  setQuotaFor: (label: string, name: string) => `${label} (${name})`,
  usedOf: (used: number, quota: number) => `${bytesText(used)} of ${bytesText(quota)}`,
  onlyUsed: (used: number) => `${bytesText(used)} used`,
  quotaMeter: (name: string) => `How full ${name} is`,
  percent,
  states: {
    ok: 'Fine',
    warning: 'Getting full',
    critical: 'Nearly full',
    full: 'Full',
  } satisfies Record<QuotaState, string>,
  left: (bytes: number) => `${bytesText(bytes)} left`,
  over: (bytes: number) => `${bytesText(bytes)} over`,

  by: {
    type: 'By type',
    collection: 'By collection',
    model: 'By model',
    generator: 'By tool',
    year: 'By year of import',
    bucket: 'In buckets',
    largest: 'Largest files',
  },
  type: (type: string) => (Object.hasOwn(types, type) ? types[type as AssetType] : type),
  others: (count: number) => counted(count, 'other', 'others'),
  assets: (count: number) => counted(count, 'asset', 'assets'),
  objects: (count: number) => counted(count, 'object', 'objects'),
  noneBy: {
    collection: 'No collection has assets in it.',
    model: 'No asset says which model made it.',
    generator: 'No asset says which tool made it.',
  },
  overlap: 'An asset in several collections counts in each.',
  showAll: (count: number) => `Show all ${countText(count)}`,
  showFewer: 'Show fewer',

  // the banner of the frame
  quotaBanner: (name: string | null, state: QuotaState, used: number, quota: number) => {
    const what = name === null ? 'The library' : `“${name}”`
    const how = { ok: 'has room', warning: 'is getting full', critical: 'is nearly full', full: 'is full' }[state]
    return `${what} ${how}: ${bytesText(used)} of ${bytesText(quota)} (${percent(used / quota)}).`
  },
  quotaMeans: (name: string | null) =>
    name === null
      ? 'Nothing is refused; free some room or raise the quota.'
      : 'Uploads may be refused there; free some room or raise the quota.',
  open: 'Open Storage',
} as const
