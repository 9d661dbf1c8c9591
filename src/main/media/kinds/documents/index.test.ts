import { afterAll, describe, expect, it } from 'vitest'
import { TemporarySources } from './fixtures/temporarySource.ts'
import { documentReaders } from './index.ts'

const files = new TemporarySources()
afterAll(() => files.remove())

describe('every kind of document', () => {
  it('has an answer for a file that is not what its type says', async () => {
    for (const [mimeType, load] of Object.entries(documentReaders)) {
      const read = await load()
      for (const bytes of ['', 'nothing of the kind', Buffer.alloc(300, 0xff)]) {
        const { picture, problem } = await read(files.of(bytes, mimeType))
        expect([mimeType, picture === null]).toEqual([mimeType, problem !== null])
        if (problem !== null)
          expect([mimeType, problem.message]).toEqual([mimeType, expect.stringMatching(/^[A-ZVT].+\.$/)])
      }
    }
  })

  it('lets the file system’s own errors through, for the person to be told as such', async () => {
    for (const [mimeType, load] of Object.entries(documentReaders)) {
      const read = await load()
      const missing = { ...files.of(''), mimeType, path: '/nowhere/at/all', size: 10 }
      const outcome = await read(missing).then(
        () => 'answered',
        (error: NodeJS.ErrnoException) => error.code,
      )
      expect([mimeType, outcome === 'ENOENT' || outcome === 'answered']).toEqual([mimeType, true])
    }
  })
})
