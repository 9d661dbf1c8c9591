import type { DrawnSide } from '../domain/drawing.ts'
import type { ErrorData } from './errors.ts'
import type { EventName, EventPayload } from './events.ts'
import type { RequestInput, RequestName, RequestOutput } from './requests.ts'

/** An answer as data, so that errors keep their code across the process boundary. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData }

declare global {
  /** The browser's own `File`, of which this side needs no more; pages see the whole of it. */
  interface File {
    readonly name: string
  }
}

/** What preload puts on `window.vitrine`: the whole of what a renderer can reach. */
export interface VitrineBridge {
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Answer<RequestOutput<N>>>
  /** Returns a function that ends the subscription. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void
  /** The absolute path of a file that was dropped or pasted, '' when it has none (a picture from a browser). */
  pathForFile(file: File): string
}

/** Channels between preload and shell. */
export const channels = { request: 'vitrine:request', event: 'vitrine:event' } as const

/** `asset://thumb/<sha256>/<size>`: immutable, so a browser cache may keep it for ever. */
export function thumbnailUrl(sha256: string, size: number): string {
  return `asset://thumb/${sha256}/${size}`
}

/** `asset://original/<asset id>`: streamed, answers range requests. */
export function originalUrl(assetId: string): string {
  return `asset://original/${assetId}`
}

/**
 * `asset://drawn/<asset id>/<page>/<side>`: what the decoders draw of an original that Chromium can't, fitted inside a
 * square of that many pixels. Pages count from 0.
 */
export function drawnUrl(assetId: string, page: number, side: DrawnSide): string {
  return `asset://drawn/${assetId}/${page}/${side}`
}
