import { VitrineError } from '../../shared/contract/errors.ts'
import type { RequestOutput } from '../../shared/contract/requests.ts'

/** Another device of the library. */
export type Device = RequestOutput<'sync.devices'>[number]

/**
 * The device that a person names, by what it is called or by its id; of several one that is not retired. Throws `usage` if there
 * is none, or more than one.
 */
export function findDevice(devices: readonly Device[], name: string): Device {
  const named = devices.filter((device) => device.id === name || device.name === name)
  const present = named.filter(({ retired }) => !retired)
  const found = present.length > 0 ? present : named
  const [device] = found
  if (device !== undefined && found.length === 1) return device
  const known = devices.map(({ id, name: called }) => (called === null ? id : `“${called}” (${id})`)).join(', ')
  const problem = found.length > 1 ? `Several devices are called “${name}”` : `No other device is called “${name}”`
  throw new VitrineError('usage', `${problem}. Devices of this library: ${known === '' ? 'only this one' : known}.`)
}
