import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseCheckpoint } from './checkpointManifest.ts'
import { cutShards } from './cutShards.ts'
import { packShard, shardEntry, unpackShard, unpackShardSync } from './packShard.ts'
import { stateKinds } from './stateKinds.ts'
import { readEntityLine, readParkedLine } from './stateLine.ts'

const document = readFileSync(new URL('../../../../../../docs/sync-protocol.md', import.meta.url), 'utf8')
const part = (document.split('## Checkpoints')[1] ?? '').split('\n## ')[0] ?? ''
const lines = part.split('\n').filter((line) => line.startsWith('{"id":'))
const frontier = { '11111111-0000-4000-8000-000000000000': 3, '22222222-0000-4000-8000-000000000000': 2 }
const settings = lines.map((text) => ({
  kind: 'librarySetting' as const,
  key: text.slice(7, text.indexOf('","')),
  text,
}))
const kind = fc.constantFrom(...stateKinds.filter((name) => name !== 'parked'))

it('packs the shard of the protocol as the protocol says, and reads every line of it', async () => {
  const [shard] = [...cutShards(settings)]
  const entry = shardEntry(shard!)
  expect(part).toContain(`has ${entry.size} bytes and the SHA-256 \`${entry.sha256}\``)
  expect(unpackShardSync(packShard(shard!), entry)).toEqual(lines)
  expect(await unpackShard(packShard(shard!), entry)).toEqual(lines)
  for (const line of lines) expect(readEntityLine('librarySetting', line, frontier)).toEqual(JSON.parse(line))
})

it('ends shards where the protocol says', () => {
  const ids = Array.from({ length: 0x1001 }, (_, at) => `00000000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`)
  const shards = [...cutShards(ids.map((id) => ({ kind: 'asset' as const, key: id, text: id })))]
  expect(shards.map(({ text }) => text.trimEnd().slice(-12))).toEqual(['0000000003dc', '000000000f8e', '000000001000'])
})

it('changes one shard when one line changes, and at most two when one comes or goes', () => {
  const ids = Array.from({ length: 9000 }, (_, at) => `00000000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`)
  const hashes = (texts: readonly string[]): Set<string> =>
    new Set(
      [...cutShards(texts.map((text) => ({ kind: 'asset' as const, key: text.slice(0, 36), text })))].map(
        (shard) => shardEntry(shard).sha256,
      ),
    )
  const before = hashes(ids)
  fc.assert(
    fc.property(fc.nat(ids.length - 1), fc.constantFrom('change', 'remove'), (at, how) => {
      const after = hashes(how === 'change' ? ids.with(at, `${ids[at]} changed`) : ids.toSpliced(at, 1))
      expect([...after].filter((hash) => !before.has(hash)).length).toBeLessThanOrEqual(how === 'change' ? 1 : 2)
    }),
    { numRuns: 20 },
  )
})

it('refuses a line whose writes are beyond the frontier, of another device or of the future', () => {
  const [line = ''] = lines
  const refused = [
    line.replace(',1]]', ',3]]'),
    line.replaceAll('22222222', '33333333'),
    line.replace('1790000000500', '9990000000500'),
    line.replace('quota_bytes', '../quota'),
    line.replace('"hidden":[]', '"hidden":[],"path":"/etc"'),
  ]
  for (const text of refused) expect(readEntityLine('librarySetting', text, frontier)).toBeNull()
})

it('never throws for what a bucket holds', () => {
  fc.assert(
    fc.property(kind, fc.oneof(fc.string(), fc.json()), (name, text) => {
      expect(() => readEntityLine(name, text, frontier)).not.toThrow()
      expect(() => readParkedLine(text, frontier)).not.toThrow()
      expect(() => parseCheckpoint(Buffer.from(text))).not.toThrow()
    }),
    { numRuns: 200 },
  )
  for (const line of lines) {
    for (let end = 0; end < line.length; end++)
      expect(readEntityLine('librarySetting', line.slice(0, end), frontier)).toBeNull()
  }
})

it('never throws for bytes that are no shard', () => {
  const [shard] = [...cutShards(settings)]
  const [entry, packed] = [shardEntry(shard!), packShard(shard!)]
  for (let end = 0; end < packed.length; end++) expect(unpackShardSync(packed.subarray(0, end), entry)).toBeNull()
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(unpackShardSync(bytes, entry)).toBeNull()
    }),
    { numRuns: 100 },
  )
})
