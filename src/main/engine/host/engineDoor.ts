import type { EngineEventName, EventPayload } from '../../../shared/contract/events.ts'
import type { LibraryInfo } from '../../../shared/contract/requests/libraryRequests.ts'
import type { EngineRequestName, RequestInput, RequestOutput } from '../../../shared/contract/requests.ts'

export type EngineEvent = {
  readonly [N in EngineEventName]: { readonly name: N; readonly payload: EventPayload<N> }
}[EngineEventName]

/**
 * What an open library offers, whether its engine runs in this process or in another one that was there first.
 * Requests reject with a `VitrineError` for everything a caller can act on.
 */
export interface Engine {
  /** As it was when the library was opened or last changed. */
  readonly info: LibraryInfo
  request<N extends EngineRequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>>
  /** Returns a function that ends the subscription. */
  on(listener: (event: EngineEvent) => void): () => void
  /** Resolves when everything that was accepted is safe on disk. */
  close(): Promise<void>
}

/** What an engine does besides answering: `serve` for a window or `watch`, `oneshot` for a single command. */
export type EngineMode = 'serve' | 'oneshot'

/** An engine in this process. */
export interface LocalEngine extends Engine {
  /** Resolves when the library has to be opened again for what an opening does; never otherwise. */
  readonly stale: Promise<void>
  /** Watches the drop folder, resumes imports and starts the sync loop, unless that has been done. */
  startServing(): Promise<void>
  /** Goes on with the imports that an earlier process has left unfinished. */
  resumeImports(): void
}
