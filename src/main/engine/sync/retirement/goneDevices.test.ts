import { expect, it } from 'vitest'
import { type DeviceId, deviceIdSchema } from '../../../../shared/domain/ids.ts'
import { goneDevices } from './goneDevices.ts'
import type { DeviceListing } from './listDevices.ts'

const DAY = 24 * 3_600_000
const laptop = deviceIdSchema.parse('11111111-0000-4000-8000-000000000000')
const listing = (said: number | null, retired: number | null | 'never', latest: number): DeviceListing => ({
  devices: new Map([[laptop, { at: said, mark: '' }]]),
  retired: new Map(retired === 'never' ? [] : [[laptop, retired]]),
  latest,
})
const none = new Map<DeviceId, { readonly retired?: true }>()

it.each([
  ['was never retired', listing(0, 'never', 90 * DAY), false],
  ['was retired a moment ago', listing(1, 10, DAY), false],
  ['was retired a day ago', listing(1, 10, DAY + 10), true],
  ['has said something since', listing(11, 10, 9 * DAY), false],
  ['has said something in the same moment', listing(10, 10, 9 * DAY), false],
  ['was retired at a time that the store does not tell', listing(1, null, 9 * DAY), false],
  ['said something at a time that the store does not tell', listing(null, 10, 9 * DAY), false],
] as const)('need not be waited for: a device that %s', (_, given, expected) => {
  expect(goneDevices(given, none, DAY).has(laptop)).toBe(expected)
})

it('does not wait for one that has said itself that it is retired, whenever that was', () => {
  const manifests = new Map([[laptop, { retired: true as const }]])
  expect(goneDevices(listing(20, 10, 21), manifests, DAY)).toEqual(new Set([laptop]))
  expect(goneDevices(listing(20, 'never', 21), manifests, DAY)).toEqual(new Set())
})

it('does not wait for one that has never said anything', () => {
  const silent = { devices: new Map(), retired: new Map([[laptop, 10]]), latest: 2 * DAY }
  expect(goneDevices(silent, none, DAY)).toEqual(new Set([laptop]))
})
