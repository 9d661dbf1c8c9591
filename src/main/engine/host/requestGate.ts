import { VitrineError } from '../../../shared/contract/errors.ts'
import type { EngineRequestName, RequestInput, RequestOutput } from '../../../shared/contract/requests.ts'
import type { Engine } from './engineDoor.ts'
import { engineRequestName, isRepeatable } from './repeatableRequests.ts'

/** The way into an engine that can be shut before the engine is: no accepted request is ever left without its answer. */
export interface RequestGate {
  request<N extends EngineRequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>>
  /** For a name and an input that came over a boundary; the engine parses the input. */
  requestUnchecked(name: string, input: unknown): Promise<unknown>
  /**
   * Refuses what comes from now on with `engine_restarting`, and likewise what is under way and can be asked again of
   * the next engine. Resolves when the rest has been answered.
   */
  shut(): Promise<void>
}

function closing(): VitrineError {
  return new VitrineError('engine_restarting', 'The library is being handed over to another process. Try again.')
}

export function requestGate(engine: Engine): RequestGate {
  const toFinish = new Set<Promise<unknown>>()
  const toRefuse = new Set<(error: VitrineError) => void>()
  let isShut = false

  async function request<N extends EngineRequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    if (isShut) throw closing()
    const answer = engine.request(name, input)
    if (isRepeatable(name)) return refusable(answer)
    toFinish.add(answer)
    return answer.finally(() => toFinish.delete(answer))
  }

  /** The answer, or a refusal as soon as the gate shuts. */
  function refusable<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      toRefuse.add(reject)
      answer.then(resolve, reject).finally(() => toRefuse.delete(reject))
    })
  }

  return {
    request,
    async requestUnchecked(name, input) {
      // The type can't be known here; the engine parses every input against the request's schema first.
      return request(engineRequestName(name), input as RequestInput<EngineRequestName>)
    },
    async shut() {
      isShut = true
      for (const refuse of toRefuse) refuse(closing())
      await Promise.allSettled(toFinish)
    },
  }
}
