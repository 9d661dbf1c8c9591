import { derivedId } from '../../src/main/engine/catalog/derivedId.ts'
import type { CellValue, Entity } from '../../src/main/engine/catalog/journal/operation.ts'
import type { MutationWriter } from '../../src/main/engine/catalog/mutations.ts'
import type { Chance } from './chance.ts'
import { type Device, library } from './device.ts'

type Edit = (writer: MutationWriter, device: Device, chance: Chance, now: number) => void

const anAsset = (device: Device, chance: Chance): string | null => {
  const ids = device.all('SELECT id FROM assets ORDER BY id')
  return ids.length === 0 ? null : String(chance.pick(ids).id)
}
const uuid = (chance: Chance): string => {
  const hex = Array.from({ length: 32 }, () => chance.below(16).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}
const hash = (chance: Chance): string => Array.from({ length: 64 }, () => chance.below(16).toString(16)).join('')
const pathOf = (sha256: string): string => `originals/2026/11/picture.${sha256.slice(0, 12)}.png`

const onAsset =
  (
    edit: (
      set: (field: string, value: CellValue) => void,
      chance: Chance,
      now: number,
      id: string,
      writer: MutationWriter,
    ) => void,
  ): Edit =>
  (writer, device, chance, now) => {
    const id = anAsset(device, chance)
    if (id !== null) edit((field, value) => writer.set('asset', id, field, value), chance, now, id, writer)
  }

const add: Edit = (writer, _device, chance, now) => {
  const sha256 = hash(chance)
  const isKept = chance.happens(0.5)
  writer.set('asset', uuid(chance), '', {
    owner_id: library,
    space: isKept ? 'library' : 'workspace',
    status: 'processing',
    asset_type: 'image',
    file_name: 'picture.png',
    extension: 'png',
    mime_type: 'image/png',
    file_size_bytes: 1 + chance.below(1000),
    sha256,
    storage_path: pathOf(sha256),
    created_at: now,
    updated_at: now,
    imported_at: now,
    expires_at: isKept ? null : now + 1000,
  })
}

const names = ['harbour', 'night', 'portrait']
const tagOf = (chance: Chance): string => derivedId(library, 'tag', chance.pick(names))
const ensureTag = (writer: MutationWriter, device: Device, id: string, chance: Chance, now: number): void => {
  if (device.all('SELECT 1 FROM tags WHERE id = ?', id).length === 0)
    writer.set('tag', id, '', {
      parent_id: null,
      name: chance.pick(names),
      color: chance.pick([null, 'red']),
      created_at: now,
      deleted_at: now,
    })
  writer.set('tag', id, 'deleted_at', null)
}
const collections = ['one', 'two'].map((name) => derivedId(library, 'collection', name))

/** Everything that a person or the program does to a library, each with how often. */
const edits: readonly (readonly [weight: number, Edit])[] = [
  [4, add],
  [5, onAsset((set, chance) => set('custom_title', `title ${chance.below(1000)}`))],
  [4, onAsset((set, chance) => set('rating', chance.below(6)))],
  [2, onAsset((set, chance) => set('is_favorite', chance.below(2)))],
  [2, onAsset((set, chance) => set('description', chance.pick([null, `words ${chance.below(100)}`])))],
  [3, onAsset((set, _chance, now) => set('deleted_at', now))],
  [2, onAsset((set) => set('deleted_at', null))],
  [3, onAsset((set, _chance, now) => set('purged', now))],
  [
    3,
    onAsset((set) => {
      set('deleted_at', null)
      set('expires_at', null)
      set('space', 'library')
    }),
  ],
  [
    1,
    onAsset((set, chance, now) => {
      set('space', 'workspace')
      set('expires_at', now + chance.below(5000))
    }),
  ],
  [1, onAsset((set, chance, now) => set('expires_at', now + chance.below(5000)))],
  [
    2,
    onAsset((set, chance) =>
      set('media', { status: 'available', aspect: 1, dominant_colors: '[]', metadata: '{}', width: chance.below(900) }),
    ),
  ],
  [1, onAsset((set, chance) => set('status', chance.pick(['missing', 'available'])))],
  [
    2,
    onAsset((set, chance, now, id, writer) => {
      const sha256 = hash(chance)
      const version = uuid(chance)
      const record = {
        asset_id: id,
        version_number: 2,
        sha256,
        storage_path: pathOf(sha256),
        file_name: 'picture.png',
        file_size_bytes: 9,
      }
      writer.set('assetVersion', version, '', {
        ...record,
        mime_type: 'image/png',
        asset_type: 'image',
        change_description: null,
        device_id: 'x',
        created_at: now,
        deleted_at: now,
      })
      writer.set('assetVersion', version, 'deleted_at', null)
      set('storage_path', pathOf(sha256))
      set('content', {
        sha256,
        file_size_bytes: 9,
        mime_type: 'image/png',
        asset_type: 'image',
        extension: 'png',
        created_at: now,
      })
      set('version_number', 2)
    }),
  ],
  [
    3,
    (writer, device, chance, now) => {
      const tag = tagOf(chance)
      const asset = anAsset(device, chance)
      ensureTag(writer, device, tag, chance, now)
      if (asset !== null) writer.set('assetTag', `${tag}/${asset}`, 'in', { at: now })
    },
  ],
  [
    2,
    (writer, device, chance) => {
      const [link] = chance.shuffled(
        device.all('SELECT x.tag_id, a.id FROM asset_tags x JOIN assets a ON a.row_id = x.asset_row ORDER BY 1, 2'),
      )
      if (link !== undefined) writer.set('assetTag', `${link.tag_id}/${link.id}`, 'in', null)
    },
  ],
  [
    1,
    (writer, device, chance) => {
      const [tag] = chance.shuffled(device.all('SELECT id FROM tags ORDER BY id'))
      if (tag !== undefined) writer.set('tag', String(tag.id), 'name', `name ${chance.below(100)}`)
    },
  ],
  [
    1,
    (writer, device, chance, now) => {
      const [tag] = chance.shuffled(device.all('SELECT id FROM tags ORDER BY id'))
      if (tag !== undefined) writer.set('tag', String(tag.id), 'deleted_at', now)
    },
  ],
  [
    3,
    (writer, device, chance, now) => {
      const id = chance.pick(collections)
      const asset = anAsset(device, chance)
      if (device.all('SELECT 1 FROM collections WHERE id = ?', id).length === 0)
        writer.set('collection', id, '', {
          parent_id: null,
          name: 'Harbour',
          kind: 'manual',
          position: 0,
          created_at: now,
          updated_at: now,
        })
      if (asset !== null) writer.set('membership', `${id}/${asset}`, 'in', { at: now, position: chance.below(1000) })
    },
  ],
  [
    2,
    (writer, device, chance) => {
      const [link] = chance.shuffled(
        device.all(
          'SELECT x.collection_id, a.id FROM collection_assets x JOIN assets a ON a.row_id = x.asset_row ORDER BY 1, 2',
        ),
      )
      if (link === undefined) return
      const id = `${link.collection_id}/${link.id}`
      if (chance.happens(0.5)) writer.set('membership', id, 'in', null)
      else writer.set('membership', id, 'position', chance.below(1000))
    },
  ],
  [
    2,
    (writer, device, chance) => {
      const rows = device.all('SELECT row_id FROM assets ORDER BY id').map(({ row_id }) => Number(row_id))
      writer.setMany(
        'rating',
        rows.filter(() => chance.happens(0.6)),
        chance.below(6),
      )
    },
  ],
  [1, (writer, _device, chance) => writer.set('librarySetting', 'trash_days', 'value', String(chance.below(90)))],
]
const drawn = edits.flatMap(([weight, edit]) => Array.from({ length: weight }, () => edit))

/** One random change of a library on one device. */
export function editAtRandom(device: Device, chance: Chance): void {
  if (chance.happens(0.06)) {
    const open = device.conflicts.list(10)
    if (open.length > 0)
      device.conflicts.resolve([chance.pick(open).id], chance.pick(['restore', 'keep']), device.now())
    return
  }
  if (chance.happens(0.05)) {
    undo(device)
    return
  }
  const edit = chance.pick(drawn)
  const now = device.now()
  device.mutations.run({ kind: 'edit', label: () => 'Edit', undoable: true, now }, (writer) =>
    edit?.(writer, device, chance, now),
  )
}

function undo(device: Device): void {
  const [last] = device.all('SELECT id FROM activity WHERE undoable = 1 AND undone = 0 ORDER BY id DESC LIMIT 1')
  if (last === undefined) return
  const steps = device.mutations.revert(Number(last.id), 'undo', device.now())
  while (steps.next().done !== true);
}

/** Cells whose every edit has to be shown or listed. */
export const watched: readonly (readonly [Entity, string])[] = [
  ['asset', 'custom_title'],
  ['asset', 'rating'],
  ['asset', 'description'],
  ['asset', 'is_favorite'],
  ['tag', 'name'],
  ['librarySetting', 'value'],
]
