import type { RequestOutput } from '../../shared/contract/requests.ts'
import { request } from '../api/client.ts'
import { LatestOnly } from './latestOnly.ts'

export type Suggestion = RequestOutput<'search.complete'>['suggestions'][number]

/** What the engine offers at a place of a search. */
export interface Completion {
  readonly text: string
  readonly caret: number
  readonly suggestions: readonly Suggestion[]
}

/** Asks what can be written, one question at a time: of those that come meanwhile only the last is asked. */
export class Completer {
  readonly #asking: LatestOnly
  #wanted: { readonly text: string; readonly caret: number } = { text: '', caret: 0 }

  /** @param onAnswer told of every answer; null when there is none, which takes nothing from a search but the help */
  constructor(onAnswer: (completion: Completion | null) => void) {
    this.#asking = new LatestOnly(
      async () => {
        const wanted = this.#wanted
        const { suggestions } = await request('search.complete', wanted)
        if (wanted === this.#wanted) onAnswer({ ...wanted, suggestions })
      },
      () => onAnswer(null),
    )
  }

  /** @param caret a UTF-16 offset of the text */
  ask(text: string, caret: number): void {
    this.#wanted = { text, caret }
    this.#asking.request(true)
  }
}
