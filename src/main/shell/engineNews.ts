import type { EngineState } from '../../shared/contract/requests/shellRequests.ts'
import type { CareStatus } from '../../shared/domain/cloudCare.ts'
import type { ImportSummary } from '../../shared/domain/import.ts'
import type { SyncStatus } from '../../shared/domain/remote.ts'
import { type EngineEvent, isEvent } from './engineSupervisor.ts'
import { careNotices, engineNotices, importNotices, type Notice, syncNotices } from './notices.ts'

type Listener<T> = (news: T) => void

/** What the engine says, for all parts of the shell that want to know, and what of it a person should be told. */
export class EngineNews {
  readonly #states = new Listeners<EngineState>()
  readonly #events = new Listeners<EngineEvent>()
  readonly #syncs = new Listeners<SyncStatus | null>()
  readonly #silences = new Listeners<Date | null>()
  readonly #notices = new Listeners<readonly Notice[]>()
  #state: EngineState = { state: 'no-library' }
  #library: string | null = null
  #sync: SyncStatus | null = null
  #care: CareStatus | null = null
  #imports: readonly ImportSummary[] = []
  /** When the library was opened. */
  #since = 0
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** Where the open library is, also while its engine is started again. */
  get library(): string | null {
    return this.#library
  }

  /** What sync said last. */
  get sync(): SyncStatus | null {
    return this.#sync
  }

  /** Tells the present state at once, and every other one. */
  onState(listener: Listener<EngineState>): void {
    this.#states.add(listener)
    listener(this.#state)
  }

  onEvent(listener: Listener<EngineEvent>): void {
    this.#events.add(listener)
  }

  onSync(listener: Listener<SyncStatus | null>): void {
    this.#syncs.add(listener)
  }

  /** Since when the engine has not answered; null when it does again. */
  onSilence(listener: Listener<Date | null>): void {
    this.#silences.add(listener)
  }

  onNotices(listener: Listener<readonly Notice[]>): void {
    this.#notices.add(listener)
  }

  tellState(state: EngineState): void {
    const before = this.#state
    this.#state = state
    if (state.state === 'ready') {
      this.#library = state.library.path
      this.#imports = []
      this.#since = this.#now()
      this.#care = null
      this.#learn(null)
    } else if (state.state !== 'restarting') this.#library = null
    this.#states.tell(state)
    this.#say(engineNotices(before, state))
  }

  tellEvent(event: EngineEvent): void {
    if (isEvent(event, 'imports.changed')) {
      this.#say(importNotices(this.#imports, event.payload, this.#since))
      this.#imports = event.payload
    } else if (isEvent(event, 'sync.changed')) {
      this.#say(syncNotices(this.#sync, event.payload))
      this.#learn(event.payload)
    } else if (isEvent(event, 'care.changed')) {
      this.#say(careNotices(this.#care, event.payload))
      this.#care = event.payload
    }
    this.#events.tell(event)
  }

  tellSilence(since: Date | null): void {
    this.#silences.tell(since)
  }

  /** What was asked for instead of told. */
  learnSync(sync: SyncStatus): void {
    this.#learn(sync)
  }

  #learn(sync: SyncStatus | null): void {
    this.#sync = sync
    this.#syncs.tell(sync)
  }

  #say(notices: readonly Notice[]): void {
    if (notices.length > 0) this.#notices.tell(notices)
  }
}

class Listeners<T> {
  readonly #all: Listener<T>[] = []

  add(listener: Listener<T>): void {
    this.#all.push(listener)
  }

  tell(news: T): void {
    for (const listener of this.#all) listener(news)
  }
}
