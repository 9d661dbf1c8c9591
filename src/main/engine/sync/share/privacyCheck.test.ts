import fc from 'fast-check'
import { expect, it } from 'vitest'
import { privacyCheck } from './privacyCheck.ts'

const plain = {
  gps: null,
  metadata: {},
  original_prompt: null,
  negative_prompt: null,
  generation: null,
  mime_type: 'image/jpeg',
}

it('finds nothing in a file that says nothing', () => {
  expect(privacyCheck(plain)).toEqual({ gps: false, names: [], prompts: false, serials: [], canStrip: true })
})

it('finds the place, people, cameras and prompts, wherever they stand', () => {
  const metadata = {
    descriptive: { creator: ['Ada', 'Grace'], copyright: '© Ada', title: 'A harbour' },
    camera: { make: 'Canon', serial: '4711', lens_serial: ' 0815 ' },
  }
  const found = privacyCheck({ ...plain, metadata, gps: { latitude: 1, longitude: 2 }, original_prompt: 'a harbour' })
  expect(found).toMatchObject({
    gps: true,
    names: ['Ada', 'Grace', '© Ada'],
    serials: ['4711', '0815'],
    prompts: true,
  })
})

it('offers a copy without all that only where one can be drawn', () => {
  expect(privacyCheck({ ...plain, mime_type: 'video/mp4' }).canStrip).toBe(false)
  expect(privacyCheck({ ...plain, mime_type: 'image/svg+xml' }).canStrip).toBe(false)
})

it('is bounded, whatever a file said of itself', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 8, key: fc.constantFrom('creator', 'serial', 'x') }), (metadata) => {
      const { names, serials } = privacyCheck({ ...plain, metadata: metadata as never })
      expect(names.length).toBeLessThanOrEqual(20)
      expect(serials.length).toBeLessThanOrEqual(20)
    }),
    { numRuns: 100 },
  )
})
