import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import { describedBy, findSidecars, folderNames } from '../../../../shared/domain/sidecarNames.ts'
import type { ForeignObject } from '../../ports.ts'
import { walkBucket } from './walkBucket.ts'
import type { FoundEntry } from './walkSources.ts'

const object = (key: string): ForeignObject => ({ key, size: 5, etag: 'e', modifiedAt: 1, skip: null })
const inOrder = (keys: readonly string[]) =>
  [...new Set(keys)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

async function walk(keys: readonly string[], lastKey = '', earlier: Readonly<Record<string, string>> = {}) {
  const listedAfter: string[] = []
  const found: FoundEntry[] = []
  const walked = walkBucket({
    async *list(after) {
      listedAfter.push(after)
      for (const key of inOrder(keys)) if (Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0) yield object(key)
    },
    lastKey,
    isIgnored: (path) => path.endsWith('.ignored.xmp'),
    known: (start) =>
      Object.entries(earlier)
        .filter(([key]) => key.startsWith(start))
        .map(([key, id]) => ({ key, assetId: id as AssetId })),
  })
  for await (const entry of walked) found.push(entry)
  return { found, listedAfter }
}
const pairs = ({ found }: Awaited<ReturnType<typeof walk>>) =>
  Object.fromEntries(found.flatMap((entry) => (entry.kind === 'file' ? [[entry.path, entry.sidecars]] : [])))

describe('what an adopting import finds', () => {
  it('has files and what describes them together, in each folder for itself', async () => {
    const keys = [
      'a/x.jpg',
      'a/x.jpg.xmp',
      'a/x.txt',
      'a/x/y.png',
      'a/y.swarm.json',
      'a/y.png',
      'b/x.txt',
      'x.jpg',
      'x.xmp',
    ]
    const walked = await walk(keys)
    expect(walked.found.map(({ path }) => path)).toEqual(inOrder(keys))
    expect(pairs(walked)).toMatchObject({
      'a/x.jpg': ['a/x.jpg.xmp', 'a/x.txt'],
      'a/x/y.png': [],
      'a/y.png': ['a/y.swarm.json'],
      'x.jpg': ['x.xmp'],
    })
    const of = Object.fromEntries(walked.found.map((entry) => [entry.path, entry.kind === 'file' && entry.sidecarOf]))
    expect(of).toMatchObject({ 'a/x.txt': ['a/x.jpg'], 'x.xmp': ['x.jpg'], 'b/x.txt': null, 'a/x.jpg': null })
  })

  it('leaves out what is ignored, also as what describes something', async () => {
    const { found } = await walk(['x.ignored.jpg', 'x.ignored.xmp'])
    expect(found).toMatchObject([
      { kind: 'file', path: 'x.ignored.jpg', sidecars: [] },
      { kind: 'skipped', path: 'x.ignored.xmp', code: 'ignored' },
    ])
  })

  it('gives a sidecar that came later to the asset that was taken in before', async () => {
    const { found } = await walk(['a/x.xmp', 'a/z.xmp'], '', { 'a/x.jpg': 'the asset', 'a/x.y.jpg': 'another' })
    expect(found).toMatchObject([
      { path: 'a/x.xmp', sidecarOf: null, assetId: 'the asset' },
      { path: 'a/z.xmp', sidecarOf: null },
    ])
    expect(found[1]).not.toHaveProperty('assetId')
  })

  it('begins with the stem at which it was killed, so that no pair is torn', async () => {
    const keys = ['a/w.jpg', 'a/x.jpg', 'a/x.txt', 'b/y', 'b/z.jpg']
    const walked = await walk(keys, 'a/x.jpg')
    expect(walked.listedAfter).toEqual(['a/x'])
    expect(walked.found.map(({ path }) => path)).toEqual(['a/x.jpg', 'a/x.txt', 'b/y', 'b/z.jpg'])
    expect((await walk(keys, 'b/y')).found.map(({ path }) => path)).toEqual(['b/z.jpg'])
  })

  it('finds each once when very many begin alike, and still what belongs together', async () => {
    const keys = Array.from({ length: 5000 }, (_, index) => {
      const number = String(index).padStart(5, '0')
      return [`seq/frame.${number}.png`, `seq/frame.${number}.xmp`]
    }).flat()
    const walked = await walk(keys)
    expect(walked.found.map(({ path }) => path)).toEqual(keys)
    const found = pairs(walked)
    for (const key of keys.filter((one) => one.endsWith('.png')))
      expect(found[key]).toEqual([key.replace('.png', '.xmp')])
  })

  it('pairs as an import of the folder does', async () => {
    const name = fc
      .tuple(
        fc.constantFrom('a', 'b', 'a.b', 'a-b', 'ä'),
        fc.constantFrom('.jpg', '.png', '.xmp', '.jpg.xmp', '.txt', '.swarm.json', '.mp3', ''),
      )
      .map(([stem, ending]) => stem + ending)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('', 'a/', 'a/b/'), name), { maxLength: 20 }),
        async (places) => {
          const keys = inOrder(places.map(([folder, file]) => folder + file))
          const { found } = await walk(keys)
          expect(found.map(({ path }) => path)).toEqual(keys)
          for (const entry of found) {
            if (entry.kind !== 'file') throw new Error('Nothing is left out here')
            const folder = entry.path.slice(0, entry.path.lastIndexOf('/') + 1)
            const beside = keys.filter((key) => key.startsWith(folder) && !key.slice(folder.length).includes('/'))
            const all = folderNames(beside.map((key) => key.slice(folder.length)))
            const own = entry.path.slice(folder.length)
            // A file without an ending comes apart from what begins with its name and a dot.
            if (own.includes('.')) expect(entry.sidecars).toEqual(findSidecars(own, all).map((key) => folder + key))
            const described = describedBy(
              beside.map((key) => key.slice(folder.length)).filter((key) => key.includes('.')),
              all,
            )
            expect(entry.sidecarOf ?? []).toEqual((described.get(own) ?? []).map((key) => folder + key))
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
