import { expect, it } from 'vitest'
import type { RemoteAbilities } from '../../../shared/domain/remoteAbilities.ts'
import { abilitiesSentence } from './abilitiesSentence.ts'

const all: RemoteAbilities = {
  conditionalCreate: true,
  ranges: true,
  readAfterWrite: true,
  checksumEcho: true,
  multipart: true,
  presign: true,
  clockOffsetMs: 200,
  checkedAt: '2026-11-21T10:00:00.000Z',
}

it('says that a bucket can do everything, or what it works without', () => {
  expect(abilitiesSentence(all)).toBe('Can all that Vitrine makes use of.')
  expect(abilitiesSentence({ ...all, ranges: false, presign: false })).toBe(
    'Works without: reading in parts, links that expire.',
  )
})

it('says how wrong a clock is before requests fail for it', () => {
  expect(abilitiesSentence({ ...all, clockOffsetMs: -300_000 })).toContain('its clock is 5 min slow')
})
