import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { deviceIdSchema } from '../../../../shared/domain/ids.ts'
import { goneDevices } from './goneDevices.ts'
import type { DeviceListing } from './listDevices.ts'

const DAY = 24 * 3_600_000
const laptop = deviceIdSchema.parse('11111111-0000-4000-8000-000000000000')

const document = readFileSync(new URL('../../../../../docs/sync-protocol.md', import.meta.url), 'utf8')
const rows = (document.split('| manifest | says `retired` | statement | latest | gone |')[1] ?? '')
  .split('\n\n')[0]!
  .split('\n')
  .filter((line) => /^ {2}\| [`\w]/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
const hours = (text: string): number | null => (text === 'unknown' ? null : Number(text) * 3_600_000)

it.each(rows)('%smanifest %s, says so %s, statement %s, latest %s: as the protocol says', (...row) => {
  const [, manifest = '', says, statement = '', latest = '', gone] = row
  const given: DeviceListing = {
    devices: new Map(manifest === 'none' ? [] : [[laptop, { at: hours(manifest), mark: '' }]]),
    retired: new Map(statement === 'none' ? [] : [[laptop, hours(statement)]]),
    latest: hours(latest) ?? 0,
  }
  const said = new Map([[laptop, says === 'yes' ? { retired: true as const } : {}]])
  expect(goneDevices(given, said, DAY).has(laptop)).toBe(gone === 'yes')
})

it('has vectors', () => expect(rows).toHaveLength(8))

it('waits for one that has said something at a time which the store does not tell', () => {
  const given = {
    devices: new Map([[laptop, { at: null, mark: '' }]]),
    retired: new Map([[laptop, 1]]),
    latest: 9 * DAY,
  }
  expect(goneDevices(given, new Map([[laptop, null]]), DAY).size).toBe(0)
})
