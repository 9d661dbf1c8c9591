import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { documentReaders } from '../../../src/main/media/kinds/documents/index.ts'
import { readLimits } from '../../../src/main/media/limits.ts'
import { describeUnless } from '../support/describeUnless.ts'

/** Real files of design programs; relative to the working folder. */
const folder = process.env.VITRINE_SAMPLES ? join(resolve(process.env.VITRINE_SAMPLES), 'design') : null

describeUnless(folder === null ? 'VITRINE_SAMPLES names no folder of sample files' : null, 'a design sample', () => {
  const names = readdirSync(folder ?? '').filter((name) => /\.(ai|eps)$/.test(name))

  it.each(names)('%s has a size, and its preview if there is one in it', async (name) => {
    const path = join(folder ?? '', name)
    const isAi = name.endsWith('.ai')
    const mimeType = isAi ? 'application/illustrator' : 'application/postscript'
    const read = await documentReaders[mimeType]!()
    const facts = await read({ path, mimeType, size: statSync(path).size, side: 300, limits: readLimits({}) })
    expect([facts.width, facts.height]).toEqual([expect.any(Number), expect.any(Number)])
    const preview = isAi || /BeginPreview|xmpGImg:image|AI7_Thumb|BeginPhotoshop/.test(readFileSync(path, 'latin1'))
    expect(facts.picture !== null).toBe(preview)
    expect(facts.problem === null).toBe(preview)
  })
})
