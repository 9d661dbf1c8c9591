import { conflictsOf } from './canonical.ts'
import type { Device } from './device.ts'
import { watched } from './edits.ts'

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
  /** Of each device: writes that are in no segment yet, and those of each segment. */
  readonly #waiting = new Map<string, number[]>()
  readonly #segments = new Map<string, number[]>()
  readonly #tails = new Map<string, number>()
  readonly #created = new Set<string>()
  readonly #purges: { readonly asset: string; readonly knows: ReadonlySet<number> }[] = []

  constructor(devices: readonly Device[]) {
    this.#devices = devices
    for (const { id } of devices) {
      this.#known.set(id, new Set())
      this.#waiting.set(id, [])
    }
  }

  problem(text: string): void {
    this.problems.push(text)
  }

  /** Runs an edit and notes which cells it wrote. */
  editing(device: Device, edit: () => void): void {
    this.sealed(device)
    const before = Number(
      device.all("SELECT coalesce(max(seq), 0) AS n FROM sqlite_sequence WHERE name = 'journal_outbox'")[0]?.n,
    )
    edit()
    const known = this.#known.get(device.id) ?? new Set()
    for (const { entity, entity_id, field, stamp } of device.all(
      `SELECT entity, entity_id, field, stamp FROM stamps WHERE place > ? AND substr(stamp, 22) = ? ORDER BY place, entity_id`,
      before,
      device.id,
    )) {
      if (entity === 'asset' && field === 'purged')
        this.#purges.push({ asset: String(entity_id), knows: new Set(known) })
      if (!watched.some(([kind, name]) => kind === entity && name === field)) continue
      const table = entity === 'asset' ? 'assets' : entity === 'tag' ? 'tags' : 'library_settings'
      const key = table === 'library_settings' ? 'key' : 'id'
      const [row] = device.all(`SELECT ${field} AS value FROM ${table} WHERE ${key} = ?`, entity_id)
      const index = this.#writes.length
      this.#writes.push({
        device: device.id,
        cell: `${entity} ${entity_id} ${field}`,
        stamp: String(stamp),
        value: JSON.stringify(row?.value ?? null),
        knows: new Set(known),
      })
      known.add(index)
      this.#waiting.get(device.id)?.push(index)
    }
    for (const { id } of device.all('SELECT id FROM assets')) this.#created.add(String(id))
  }

  /** Notes which writes have gone into which segment. */
  sealed(device: Device): void {
    const tail = device.tail()
    if (tail === (this.#tails.get(device.id) ?? 0)) return
    this.#tails.set(device.id, tail)
    this.#segments.set(`${device.id} ${tail}`, this.#waiting.get(device.id)?.splice(0) ?? [])
  }

  applied(device: Device, other: string, seq: number): void {
    this.sealed(device)
    for (const owner of this.#devices) if (owner.id === other) this.sealed(owner)
    const known = this.#known.get(device.id)
    for (const index of this.#segments.get(`${other} ${seq}`) ?? []) known?.add(index)
  }

  /** Every edit that no later one knew is shown or listed, and nothing is gone that nobody removed knowing of it all. */
  check(): void {
    const [device] = this.#devices
    if (device === undefined) return
    const there = new Set(device.all('SELECT id FROM assets').map(({ id }) => String(id)))
    for (const id of this.#created) {
      const purges = this.#purges.filter(({ asset }) => asset === id)
      if (purges.length === 0 && !there.has(id)) this.problem(`Asset ${id} is gone and nobody removed it`)
    }
    const cells = Map.groupBy(this.#writes.entries(), ([, { cell }]) => cell)
    const listed = new Set<string>()
    for (const [cell, writes] of cells) {
      const [entity = '', id = '', field = ''] = cell.split(' ')
      const unknown = writes.filter(([index]) => !writes.some(([, other]) => other.knows.has(index)))
      if (entity === 'asset' && !there.has(id)) {
        for (const [index] of unknown)
          if (!this.#purges.some(({ asset, knows }) => asset === id && knows.has(index)))
            this.problem(`Asset ${id} is gone with an edit that whoever removed it did not know`)
        continue
      }
      const shown = unknown.map(([, write]) => write).reduce((a, b) => (a.stamp > b.stamp ? a : b))
      const [row] = device.all(
        `SELECT ${field} AS value FROM ${entity === 'asset' ? 'assets' : entity === 'tag' ? 'tags' : 'library_settings'} WHERE ${entity === 'librarySetting' ? 'key' : 'id'} = ?`,
        id,
      )
      const value = JSON.stringify(row?.value ?? null)
      if (value !== shown.value) this.problem(`${cell} is ${value}, not ${shown.value}`)
      for (const [, write] of unknown) {
        if (write !== shown && write.value !== value)
          listed.add([entity, id, field, write.value, write.device].join(' '))
      }
    }
    const found = conflictsOf(device).filter((line) =>
      watched.some(([kind, field]) => line.startsWith(`${kind} `) && line.split(' ')[2] === field),
    )
    for (const line of listed) if (!found.includes(line)) this.problem(`An edit is neither shown nor listed: ${line}`)
    for (const line of found) if (!listed.has(line)) this.problem(`A conflict is listed that is none: ${line}`)
  }
}
