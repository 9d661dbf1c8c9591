import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { type AssetId, assetIdSchema, sha256Schema } from '../../../shared/domain/ids.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { MediaOutcome, MediaTask } from '../ports.ts'
import { createDrawings, drawingsOf } from './drawings.ts'
import { libraryFolder } from './libraryFolder.ts'

const id = assetIdSchema.parse('01890a5d-ac96-774b-bcce-b302099a8001')
const sha256 = sha256Schema.parse('ab'.repeat(32))
let root = ''
let asked: MediaTask[] = []
let outcome: MediaOutcome

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-drawings-'))
  asked = []
  outcome = { ok: true, facts: { metadata: { text: 'hello', truncated: true } } } as unknown as MediaOutcome
})
afterEach(() => rmSync(root, { recursive: true }))

function drawings(limitBytes = 1000, bringHere = async (_: AssetId): Promise<void> => {}) {
  const asset = { id, sha256, storagePath: 'originals/a.pdf', mimeType: 'application/pdf' } as StoredAsset
  return createDrawings({
    bringHere,
    catalog: { assets: { findById: (wanted: AssetId) => (wanted === id ? asset : undefined) } } as never,
    folder: libraryFolder(root),
    limitBytes,
    decoder: {
      process: async (task) => {
        asked.push(task)
        if (outcome.ok && task.wanted?.kind === 'drawing') {
          mkdirSync(task.thumbnailFolder, { recursive: true })
          writeFileSync(join(task.thumbnailFolder, `${task.sha256}-${task.sizes[0]}.${task.wanted.format}`), 'picture')
        }
        return outcome
      },
    },
    onDefect: (error) => {
      throw error
    },
  })
}
const page = (number: number) => ({ id, page: number, side: 2048, format: 'webp' }) as const

describe('what is drawn for somebody', () => {
  it('is drawn once, also when it is asked for twice at once', async () => {
    const made = drawings()
    const [first, second] = await Promise.all([made.draw(page(2)), made.draw(page(2))])
    expect(await made.draw(page(2))).toBe(first)
    expect([second, existsSync(first)]).toEqual([first, true])
    expect(asked).toMatchObject([{ sizes: [2048], wanted: { kind: 'drawing', page: 2, format: 'webp' } }])
  })

  it('fails with the reason that the decoder gave', async () => {
    outcome = { ok: false, code: 'decode_failed', message: 'This PDF has no page 9.', facts: null }
    await expect(drawings().draw(page(8))).rejects.toMatchObject({ code: 'decode_failed', message: /no page 9/ })
  })

  it('waits for an original that is elsewhere, and is not made without it', async () => {
    const away = async () => {
      throw new VitrineError('remote_unreachable', 'The server does not answer.')
    }
    await expect(drawings(1000, away).draw(page(9))).rejects.toMatchObject({ code: 'remote_unreachable' })
    await expect(drawings(1000, away).text(id)).rejects.toMatchObject({ code: 'remote_unreachable' })
    expect(asked).toEqual([])
  })

  it('of an asset that is gone can not be', async () => {
    const other = assetIdSchema.parse('01890a5d-ac96-774b-bcce-b302099a8002')
    await expect(drawings().draw({ ...page(0), id: other })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('takes no more than its room: what was looked at longest ago goes', async () => {
    const folder = libraryFolder(root)
    for (const [name, age] of [
      ['cd', 20],
      ['ef', 10],
    ] as const) {
      const content = drawingsOf(folder, name.repeat(32))
      mkdirSync(join(content, '0'), { recursive: true })
      writeFileSync(join(content, '0', 'x.webp'), Buffer.alloc(600))
      utimesSync(content, Date.now() / 1000 - age, Date.now() / 1000 - age)
    }
    await drawings(1000).draw(page(0))
    await expect.poll(() => existsSync(drawingsOf(folder, 'cd'.repeat(32)))).toBe(false)
    expect(existsSync(drawingsOf(folder, 'ef'.repeat(32)))).toBe(true)
  })
})

describe('what is read for somebody', () => {
  it('is the text that the decoder gave', async () => {
    expect(await drawings().text(id)).toEqual({ text: 'hello', truncated: true })
  })
})
