import { VitrineError } from '../../src/shared/contract/errors.ts'
import type { Chance } from './chance.ts'

/** What goes wrong between a device and the store: the request, or only its answer, is lost. */
export class ConnectionLost extends VitrineError {
  constructor() {
    super('remote_unreachable', 'The connection was lost.')
  }
}
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
  /** What was sent, whatever became of it. */
  readonly #sent = new Map<string, Buffer>()
  readonly #tags = new Map<string, number>()
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
      this.#set(key, bytes)
    }
    if (isNew && this.#chance.happens(this.faults.damaged)) this.#objects.set(key, bytes.subarray(0, bytes.length >> 1))
    this.#after()
    return isNew
  }

  async replace(key: string, bytes: Buffer): Promise<void> {
    this.#before()
    this.puts++
    this.#set(key, bytes)
    this.#after()
  }

  async remove(key: string): Promise<void> {
    this.#before()
    this.#objects.delete(key)
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

  sizeOf(key: string): number {
    return this.#objects.get(key)?.length ?? 0
  }
  /** Another one each time the object is written. */
  tagOf(key: string): string {
    return String(this.#tags.get(key) ?? 0)
  }

  /** Puts back what is damaged, as somebody does who has the bytes still. */
  repair(): void {
    for (const [key, bytes] of this.#sent) {
      if (this.#objects.has(key)) this.#objects.set(key, bytes)
    }
  }

  /** What was sent, and not what became of it, of each object below a prefix. */
  *sent(prefix: string): Generator<readonly [key: string, bytes: Buffer]> {
    for (const entry of this.#sent) if (entry[0].startsWith(prefix)) yield entry
  }

  #set(key: string, bytes: Buffer): void {
    this.#objects.set(key, bytes)
    this.#sent.set(key, bytes)
    this.#tags.set(key, (this.#tags.get(key) ?? 0) + 1)
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
