import type { Chance } from './chance.ts'

/** What goes wrong between a device and the store: the request, or only its answer, is lost. */
export class ConnectionLost extends Error {}
/** The device stops at this instruction. */
export class Killed extends Error {}

/** How likely each fault is, for one request. */
export interface Faults {
  readonly lost: number
  readonly killed: number
  readonly torn: number
  readonly damaged: number
}
export const noFaults: Faults = { lost: 0, killed: 0, torn: 0, damaged: 0 }

/** A store without any order or promise but that objects are whole and never replaced unasked. */
export class Bucket {
  readonly #objects = new Map<string, Buffer>()
  readonly #chance: Chance
  faults: Faults = noFaults
  gets = 0
  puts = 0

  constructor(chance: Chance) {
    this.#chance = chance
  }

  /** False, and nothing written, if there is an object already. May be done twice, or be done without an answer. */
  async create(key: string, bytes: Buffer): Promise<boolean> {
    this.#before()
    const isNew = !this.#objects.has(key)
    if (isNew) {
      this.puts++
      this.#objects.set(key, bytes)
    }
    if (isNew && this.#chance.happens(this.faults.damaged)) this.#objects.set(key, bytes.subarray(0, bytes.length >> 1))
    this.#after()
    return isNew
  }

  async replace(key: string, bytes: Buffer): Promise<void> {
    this.#before()
    this.puts++
    this.#objects.set(key, bytes)
    this.#after()
  }

  /** Null for what is not there. Torn: only the beginning arrives. */
  async get(key: string): Promise<Buffer | null> {
    this.#before()
    this.gets++
    const bytes = this.#objects.get(key) ?? null
    this.#after()
    return bytes !== null && this.#chance.happens(this.faults.torn)
      ? bytes.subarray(0, this.#chance.below(bytes.length))
      : bytes
  }

  /** Keys below a prefix, in any order. */
  async list(prefix: string): Promise<string[]> {
    this.#before()
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix))
    this.#after()
    return this.#chance.shuffled(keys)
  }

  #before(): void {
    if (this.#chance.happens(this.faults.killed)) throw new Killed()
    if (this.#chance.happens(this.faults.lost)) throw new ConnectionLost()
  }

  #after(): void {
    if (this.#chance.happens(this.faults.killed)) throw new Killed()
    if (this.#chance.happens(this.faults.lost)) throw new ConnectionLost()
  }
}
