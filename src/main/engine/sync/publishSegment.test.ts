import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSegment } from '../catalog/journal/segment.ts'
import { segmentLines } from '../catalog/journal/segmentLines.ts'
import { type PublicationView, publishSegment, type ReleasedLines, releaseLines } from './publishSegment.ts'

const library = 'a0000000-0000-4000-8000-000000000000'
const device = 'd0000000-0000-4000-8000-000000000000'
const stamp = `1795142400000.000000.${device}`
const header = (seq: number) => ({
  format: 1 as const,
  library,
  device,
  seq,
  prevSha: 'own',
  seen: { other: 3 },
  lastOutbox: seq * 10,
})
const op = (entity: string, id: string, field: string, value: unknown) =>
  JSON.stringify({ entity, id, field, value, stamp })
const create = (id: string, storage_path = `originals/2026/11/${id}.bin`) =>
  op('asset', id, '', { storage_path, file_name: `${id}.png` })
const rate = (ids: readonly string[], all: number) =>
  JSON.stringify({ entity: 'asset', ids, field: 'rating', all, stamp })
const nothing: ReleasedLines = { assets: [], lines: [] }
const start = { seq: 0, sha256: null }

function view(over: Partial<PublicationView> = {}): PublicationView {
  return { isHeld: () => false, isReady: () => false, isUploading: () => false, assetOfVersion: () => null, ...over }
}
const ready = (...ids: string[]) => ({ isReady: (id: string) => ids.includes(id) })
const held = (...ids: string[]) => ({ isHeld: (id: string) => ids.includes(id) })
const publish = (lines: readonly string[], over: Partial<PublicationView> = {}, released = nothing) =>
  publishSegment(header(7), lines, { seq: 6, sha256: 'before' }, released, view(over))!
const told = (segment: { bytes: Uint8Array }) => segmentLines(segment.bytes).lines

describe('a published segment', () => {
  it('has the sequence and causality of the journal’s, and follows the one that was published before', () => {
    const segment = publish([op('tag', 't', '', { name: 'x' })])
    expect(decodeSegment(segment.bytes).header).toEqual({ ...header(7), prevSha: 'before' })
    expect(segment.seq).toBe(7)
  })

  it('tells all that concerns no asset, or one that others know', () => {
    const lines = [op('collection', 'c', 'name', 'x'), op('asset', 'known', 'rating', 3), rate(['known', 'other'], 4)]
    expect(told(publish(lines))).toEqual(lines)
  })

  it('holds back everything of an asset that is new and not in the bucket', () => {
    const lines = [
      create('new'),
      op('asset', 'new', 'media', {}),
      op('membership', 'c/new', 'in', { at: 1, position: 1 }),
      op('assetTag', 't/new', 'in', { at: 1 }),
      op('assetVersion', 'v', '', { asset_id: 'new' }),
      op('collection', 'c', 'name', 'x'),
    ]
    const segment = publish(lines)
    expect(told(segment)).toEqual([lines[5]])
    expect(segment.hold).toEqual([0, 1, 2, 3, 4].map((line) => ({ assetId: 'new', segment: 7, line })))
  })

  it('tells of a new asset that the bucket holds already', () => {
    const lines = [create('new'), op('asset', 'new', 'rating', 5)]
    const segment = publish(lines, ready('new'))
    expect(told(segment)).toEqual(lines)
    expect(segment.hold).toEqual([])
  })

  it('divides a set between what others may know and what they may not', () => {
    const segment = publish([rate(['a', 'b', 'c'], 2)], held('b'))
    expect(told(segment)).toEqual([rate(['a', 'c'], 2)])
    expect(segment.hold).toEqual([{ assetId: 'b', segment: 7, line: 0 }])
  })

  it('never tells of what was gone for good before', () => {
    const segment = publish(
      [create('new'), op('asset', 'new', 'purged', 1), op('asset', 'older', 'purged', 1)],
      held('older'),
    )
    expect(told(segment)).toEqual([])
    expect(segment.hold).toEqual([])
    expect(segment.release).toEqual(['new', 'older'])
    expect(told(publish([op('asset', 'known', 'purged', 1)]))).toHaveLength(1)
  })

  it('waits while an asset that others know has new content on its way', () => {
    const lines = [op('asset', 'known', 'content', { sha256: 'x' })]
    expect(publishSegment(header(7), lines, start, nothing, view({ isUploading: () => true }))).toBeNull()
    expect(
      publishSegment(header(7), lines, start, nothing, view({ isUploading: () => true, ...held('known') })),
    ).not.toBeNull()
  })

  it('brings what was held before what is new, once the asset is in the bucket', () => {
    const lines = [create('a'), rate(['a', 'b'], 1)]
    const later = op('asset', 'a', 'custom_title', 'x')
    const heldLines = [0, 1].map((line) => ({ assetId: 'a', segment: 3, line }))
    const released = {
      assets: ['a'],
      lines: releaseLines(
        heldLines,
        (_segment, line) => lines[line] ?? '',
        () => null,
      ),
    }
    const segment = publish([later], held('a', 'b'), released)
    expect(told(segment)).toEqual([lines[0], rate(['a'], 1), later])
    expect(segment.release).toEqual(['a'])
  })

  it('gives a file that is linked in place the place it would have, and tells no path of this computer', () => {
    const record = {
      storage_path: '/home/me/pictures/Sunset.PNG',
      asset_type: 'image',
      file_name: 'Sunset.PNG',
      sha256: 'ab'.repeat(32),
      imported_at: 1795142400000,
      created_at: 1,
    }
    const segment = publish(
      [op('asset', 'new', '', record), op('asset', 'new', 'storage_path', 'C:\\pictures\\Sunset.PNG')],
      ready('new'),
    )
    expect(decodeSegment(segment.bytes).operations).toMatchObject([
      { field: '', value: { storage_path: `originals/2026/11/sunset.${'ab'.repeat(6)}.png` } },
    ])
  })

  it('tells each line of each asset once, in the order of the journal, whenever assets come to the bucket', () => {
    const names = ['a', 'b', 'c']
    const change = fc.oneof(
      fc.constantFrom(...names).map((id) => ({ ids: [id], set: false })),
      fc.subarray(names, { minLength: 1 }).map((ids) => ({ ids, set: true })),
    )
    fc.assert(
      fc.property(
        fc.array(fc.array(change, { maxLength: 6 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(6), { minLength: 3, maxLength: 3 }),
        (segments, arrival) => {
          let value = 0
          const journal = [
            names.map((id) => create(id)),
            ...segments.map((changes) =>
              changes.map(({ ids, set }) => (set ? rate(ids, ++value) : op('asset', ids[0]!, 'rating', ++value))),
            ),
          ]
          const waiting = new Map<string, { assetId: string; segment: number; line: number }[]>()
          const arrived = (id: string, seq: number) => seq >= arrival[names.indexOf(id)]!
          const out: string[] = []
          for (let seq = 0; seq < journal.length + 7; seq++) {
            const lines = journal[seq] ?? []
            const release = [...waiting.keys()].filter((id) => arrived(id, seq))
            const released = {
              assets: release,
              lines: releaseLines(
                release.flatMap((id) => waiting.get(id)!),
                (s, l) => journal[s - 1]![l]!,
                () => null,
              ),
            }
            const staged = publishSegment(
              header(seq + 1),
              lines,
              start,
              released,
              view({ isHeld: (id) => waiting.has(id), isReady: (id) => arrived(id, seq) }),
            )!
            for (const id of staged.release) waiting.delete(id)
            for (const line of staged.hold) waiting.set(line.assetId, [...(waiting.get(line.assetId) ?? []), line])
            out.push(...told(staged))
          }
          const of = (id: string, lines: readonly string[]) =>
            decodeLines(lines)
              .filter((operation) => operation.id === id)
              .map(({ field, value: set }) => `${field}=${JSON.stringify(set)}`)
          for (const id of names) expect(of(id, out)).toEqual(of(id, journal.flat()))
        },
      ),
      { numRuns: 150 },
    )
  })
})

function decodeLines(lines: readonly string[]) {
  const bytes = publishSegment(header(1), lines, start, nothing, view({ isReady: () => true }))!.bytes
  return decodeSegment(bytes).operations
}
