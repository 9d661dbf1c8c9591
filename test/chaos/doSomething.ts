import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VitrineError } from '../../src/shared/contract/errors.ts'
import type { LibraryQuery } from '../../src/shared/domain/query.ts'
import { sha256Of } from '../integration/sync/support/files.ts'
import type { Chance } from '../simulation/chance.ts'
import type { ChaosDevice } from './chaosDevice.ts'

const KIB = 1024
/** Over the size from which uploads go in parts. */
const LARGE_BYTES = 17 * KIB * KIB
const words = ['harbour', 'fox', 'lantern', 'birch', 'tram', 'owl']

/** What people did, and the SHA-256 of every file that they were told is in the library. */
export interface Deeds {
  count: number
  readonly files: Set<string>
}

const everything = (text: string): LibraryQuery => ({
  view: { kind: 'library' },
  text,
  sort: { field: 'imported_at', direction: 'desc' },
})

/** One thing that a person does at a device. An engine that is away or busy is no failure: it is asked again later. */
export async function doSomething(device: ChaosDevice, folder: string, chance: Chance, deeds: Deeds): Promise<void> {
  try {
    if (chance.happens(0.35)) await importFile(device, folder, chance, deeds)
    else await editSome(device, chance)
    deeds.count++
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error
    if (error.code === 'internal') throw error
  }
}

async function importFile(device: ChaosDevice, folder: string, chance: Chance, deeds: Deeds): Promise<void> {
  const size = chance.happens(0.05) ? LARGE_BYTES : 1 + chance.below(200 * KIB)
  const bytes = Buffer.alloc(size, `${device.name} ${deeds.files.size} ${chance.next()}\n`)
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${device.name}-${deeds.files.size}-${chance.below(1e9)}.txt`)
  writeFileSync(path, bytes)
  const { id } = await device.request('imports.start', {
    paths: [path],
    options: { space: 'library', mode: 'copy' },
    source: 'window',
  })
  for (;;) {
    const { state, imported } = await device.request('imports.get', { id })
    if (imported > 0) deeds.files.add(sha256Of(bytes))
    if (imported > 0 || state === 'done' || state === 'failed' || state === 'cancelled') return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function editSome(device: ChaosDevice, chance: Chance): Promise<void> {
  const { rowIds: all } = await device.request('assets.query', everything(''))
  const rowIds = chance.shuffled([...all]).slice(0, 1 + chance.below(4))
  if (rowIds.length === 0) return
  const assets = { rowIds }
  const word = chance.pick(words)
  switch (chance.below(8)) {
    case 0:
      return void (await device.request('assets.edit', { assets, patch: { rating: chance.below(6) } }))
    case 1:
      return void (await device.request('assets.edit', {
        assets,
        patch: { custom_title: `${word} ${chance.below(1000)}` },
      }))
    case 2:
      return void (await device.request('assets.edit', { assets, patch: { add_tags: [word] } }))
    case 3:
      return void (await device.request('assets.edit', { assets, patch: { remove_tags: [word] } }))
    case 4:
      return void (await device.request('assets.trash', { assets }))
    case 5:
      return void (await device.request('history.undo', undefined))
    case 6: {
      const { rowIds: away } = await device.request('assets.query', { ...everything(''), view: { kind: 'trash' } })
      if (away.length === 0) return
      return void (await device.request('assets.restore', { assets: { rowIds: [...away].slice(0, 3) } }))
    }
    default:
      return addToCollection(device, rowIds, word, chance)
  }
}

async function addToCollection(device: ChaosDevice, rowIds: number[], word: string, chance: Chance): Promise<void> {
  const collections = (await device.request('collections.list', { archived: false })).filter(
    ({ kind }) => kind === 'manual',
  )
  if (collections.length < 4) {
    await device.request('collections.create', { name: `${word} ${chance.below(1000)}` })
    return
  }
  const { id } = chance.pick(collections)
  const name = chance.happens(0.7) ? 'collections.add' : 'collections.remove'
  await device.request(name, { assets: { rowIds }, id })
}
