import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changeImportSettings } from '../../../src/main/engine/library/importSettings.ts'
import { longChangesOf } from '../../../src/main/engine/library/longChanges.ts'
import { type ImportLibrary, openImportLibrary, temporaryFolder } from './support/importLibrary.ts'
import { jpeg } from './support/pictures.ts'

const sidecar = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmp:Rating="4">
<dc:subject><rdf:Bag><rdf:li>Pier</rdf:li><rdf:li>blue hour</rdf:li></rdf:Bag></dc:subject>
<lr:hierarchicalSubject><rdf:Bag><rdf:li>Places|Harbours|Pier</rdf:li></rdf:Bag></lr:hierarchicalSubject>
</rdf:Description></rdf:RDF></x:xmpmeta>`

let temporary: ReturnType<typeof temporaryFolder>
let library: ImportLibrary
let source: string
beforeEach(async () => {
  temporary = temporaryFolder()
  source = join(temporary.path, 'source')
  mkdirSync(source)
  writeFileSync(join(source, 'pier.jpg'), await jpeg(1))
  writeFileSync(join(source, 'pier.jpg.xmp'), sidecar)
  writeFileSync(join(source, 'plain.jpg'), await jpeg(2))
  library = openImportLibrary(join(temporary.path, 'library'))
})
afterEach(async () => {
  expect(library.defects).toEqual([])
  await library.close()
  temporary.remove()
})

const order = () =>
  Object.fromEntries(library.assets().map(({ file_name: name, rating, tags }) => [name, [rating, ...tags.toSorted()]]))
const tagPaths = () => library.catalog.tags.list().map(({ path }) => path)

describe('keywords and stars of a sidecar', () => {
  it('stay facts of the file unless a person wants them taken over', async () => {
    await library.import([source])
    expect(order()).toEqual({ 'pier.jpg': [0], 'plain.jpg': [0] })
    expect(library.catalog.tags.list()).toEqual([])
  })

  it('become tags, nested as they were, and a rating, in one step to undo', async () => {
    changeImportSettings(library.catalog, { takeOver: true })
    await library.import([source])
    expect(order()).toEqual({ 'pier.jpg': [4, 'Pier', 'blue hour'], 'plain.jpg': [0] })
    expect(tagPaths()).toEqual(expect.arrayContaining(['Places/Harbours/Pier', 'blue hour']))
    library.catalog.history.undo(Date.now())
    expect(order()).toEqual({ 'pier.jpg': [0], 'plain.jpg': [0] })
    expect(library.catalog.tags.list()).toEqual([])
  })

  it('are taken over by one import that says so', async () => {
    await library.import([source], { takeOver: true, space: 'library' })
    expect(order()['pier.jpg']).toEqual([4, 'Pier', 'blue hour'])
  })
})

describe('bringing the order of many files along', () => {
  it('ends where a person stops it, and keeps what was done until then', async () => {
    const folder = join(temporary.path, 'Notes')
    mkdirSync(folder)
    for (let index = 0; index < 450; index++) writeFileSync(join(folder, `${index}.md`), `Note ${index}`)
    const changes = longChangesOf(library.catalog)
    const steps: number[] = []
    changes.onChange(() => {
      const [change] = changes.list()
      if (change?.kind !== 'organise' || steps.at(-1) === change.done) return
      steps.push(change.done)
      if (change.done > 0) changes.cancel(change.id)
    })
    await library.import([folder], { organise: 'folders', space: 'library' })
    expect(steps).toEqual([0, 200])
    expect(changes.list()).toEqual([])
    const assets = library.assets()
    expect(assets).toHaveLength(450)
    expect(assets.filter(({ collections }) => collections.some(({ name }) => name === 'Notes'))).toHaveLength(200)
  })
})
