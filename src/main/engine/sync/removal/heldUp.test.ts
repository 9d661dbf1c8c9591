import { expect, it } from 'vitest'
import { type DeviceId, deviceIdSchema } from '../../../../shared/domain/ids.ts'
import { heldUpBy } from './heldUp.ts'

const [desk, laptop, tablet] = ['1', '2', '3'].map((digit) =>
  deviceIdSchema.parse(`${digit.repeat(8)}-0000-4000-8000-000000000000`),
) as [DeviceId, DeviceId, DeviceId]
const id = '0196f7a2-0000-4000-8000-000000000009'
const round = { id, device: desk, frontier: { [desk]: 4, [laptop]: 7 } }
const said = (applied: Readonly<Record<string, number>>, agreed = true) => ({
  applied: { ...applied },
  ...(agreed && { removals: { own: [], agreed: { [id]: [] } } }),
})
const none = new Set<DeviceId>()

it('names who has not agreed, and who has not applied what was decided on', () => {
  const manifests = new Map([
    [laptop, said({ [desk]: 4 })],
    [tablet, said({ [desk]: 4, [laptop]: 6 })],
  ])
  expect([...heldUpBy([round], manifests, none)]).toEqual([tablet])
  manifests.set(laptop, said({ [desk]: 4 }, false))
  expect([...heldUpBy([round], manifests, none)]).toEqual([laptop, tablet])
})

it('names nobody while there is no round, and not whose round it is', () => {
  expect(heldUpBy([], new Map([[laptop, said({})]]), none).size).toBe(0)
  expect(heldUpBy([round], new Map([[desk, said({}, false)]]), none).size).toBe(0)
})

it('does not name a device that is gone', () => {
  expect(heldUpBy([round], new Map([[laptop, said({})]]), new Set([laptop])).size).toBe(0)
})
