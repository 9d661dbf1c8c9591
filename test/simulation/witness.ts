import { decodeSegment, segmentHash } from '../../src/main/engine/catalog/journal/segment.ts'
import { conflictsOf } from './canonical.ts'
import type { Device } from './device.ts'
import { isWatched, shownValue, writesOf } from './writes.ts'

interface Written {
  readonly device: string
  readonly cell: string
  readonly stamp: string
  readonly value: string
  /** Indexes of the writes that its device knew of. */
  readonly knows: ReadonlySet<number>
}

/** Sees every edit and who knew what, without looking at how the merge tells it, and says what should have come of it. */
export class Witness {
  readonly problems: string[] = []
  readonly #devices: readonly Device[]
  readonly #writes: Written[] = []
  readonly #known = new Map<string, Set<number>>()
  /** Which write a line of a segment is. */
  readonly #indexes = new Map<string, number>()
  /** Which writes a segment tells, by its bytes. */
  readonly #told = new Map<string, readonly number[]>()
  readonly #created = new Set<string>()
  readonly #purges: { readonly asset: string; readonly knows: ReadonlySet<number> }[] = []

  constructor(devices: readonly Device[]) {
    this.#devices = devices
    for (const { id } of devices) this.#known.set(id, new Set())
  }

  problem(text: string): void {
    this.problems.push(text)
  }

  /** Runs an edit and notes which cells it wrote. */
  editing(device: Device, edit: () => void): void {
    const known = this.#known.get(device.id) ?? new Set()
    for (const { entity, id, field, stamp, value } of writesOf(device, edit)) {
      if (entity === 'asset' && field === 'purged') this.#purges.push({ asset: id, knows: new Set(known) })
      if (!isWatched(entity, field)) continue
      const index = this.#writes.length
      this.#writes.push({ device: device.id, cell: `${entity} ${id} ${field}`, stamp, value, knows: new Set(known) })
      known.add(index)
      this.#indexes.set(`${entity} ${id} ${field} ${stamp}`, index)
    }
    for (const { id } of device.all('SELECT id FROM assets')) this.#created.add(String(id))
  }

  /** Notes that a device knows now what a segment tells. */
  applied(device: Device, bytes: Uint8Array): void {
    const known = this.#known.get(device.id)
    for (const index of this.#writesIn(bytes)) known?.add(index)
  }

  #writesIn(bytes: Uint8Array): readonly number[] {
    const hash = segmentHash(bytes)
    const read = this.#told.get(hash)
    if (read !== undefined) return read
    const writes = decodeSegment(bytes).operations.flatMap(
      ({ entity, id, field, stamp }) => this.#indexes.get(`${entity} ${id} ${field} ${stamp}`) ?? [],
    )
    this.#told.set(hash, writes)
    return writes
  }

  /** Every edit that no later one knew is shown or listed, and nothing is gone that nobody removed knowing of it all. */
  check(told: ReadonlySet<string>): void {
    const [first] = this.#devices
    if (first === undefined) return
    const idsOf = (device: Device) => new Set(device.all('SELECT id FROM assets').map(({ id }) => String(id)))
    const theirs = new Map(this.#devices.map((device) => [device, idsOf(device)]))
    // What nobody was told of is where it was made.
    const holderOf = (asset: string): Device =>
      told.has(asset) ? first : (this.#devices.find((device) => theirs.get(device)?.has(asset)) ?? first)
    const isThere = (asset: string): boolean => theirs.get(holderOf(asset))?.has(asset) === true
    for (const id of this.#created) {
      const purges = this.#purges.filter(({ asset }) => asset === id)
      if (purges.length === 0 && !isThere(id)) this.problem(`Asset ${id} is gone and nobody removed it`)
    }
    for (const device of this.#devices) {
      const kept = device.all(
        "SELECT id FROM assets WHERE space = 'library' AND deleted_at IS NULL AND status <> 'missing'",
      )
      for (const { id } of kept) if (!told.has(String(id))) this.problem(`Nobody is told of asset ${id}, which is kept`)
    }
    const cells = Map.groupBy(this.#writes.entries(), ([, { cell }]) => cell)
    const listed = new Set<string>()
    for (const [cell, writes] of cells) {
      const [entity = '', id = '', field = ''] = cell.split(' ')
      const unknown = writes.filter(([index]) => !writes.some(([, other]) => other.knows.has(index)))
      const device = entity === 'asset' ? holderOf(id) : first
      if (entity === 'asset' && !isThere(id)) {
        for (const [index] of unknown)
          if (!this.#purges.some(({ asset, knows }) => asset === id && knows.has(index)))
            this.problem(`Asset ${id} is gone with an edit that whoever removed it did not know`)
        continue
      }
      const shown = unknown.map(([, write]) => write).reduce((a, b) => (a.stamp > b.stamp ? a : b))
      const value = shownValue(device, entity, id, field)
      if (value !== shown.value) this.problem(`${cell} is ${value}, not ${shown.value}`)
      for (const [, write] of unknown) {
        if (write !== shown && write.value !== value)
          listed.add([entity, id, field, write.value, write.device].join(' '))
      }
    }
    const found = conflictsOf(first).filter((line) => {
      const [entity = '', , field = ''] = line.split(' ')
      return isWatched(entity, field)
    })
    for (const line of listed) if (!found.includes(line)) this.problem(`An edit is neither shown nor listed: ${line}`)
    for (const line of found) if (!listed.has(line)) this.problem(`A conflict is listed that is none: ${line}`)
  }
}
