import type { VitrineBridge } from '../../shared/contract/bridge.ts'
import { fromErrorData, VitrineError } from '../../shared/contract/errors.ts'
import type { EventName, EventPayload } from '../../shared/contract/events.ts'
import type { RequestInput, RequestName, RequestOutput } from '../../shared/contract/requests.ts'

declare global {
  interface Window {
    readonly vitrine: VitrineBridge
  }
}

type InputArguments<N extends RequestName> =
  undefined extends RequestInput<N> ? [input?: RequestInput<N>] : [input: RequestInput<N>]

/**
 * Asks the engine or the shell.
 * @throws {VitrineError} with the code and the message of the side that refused.
 */
export async function request<N extends RequestName>(
  name: N,
  ...[input]: InputArguments<N>
): Promise<RequestOutput<N>> {
  const answer = await window.vitrine.request(name, input as RequestInput<N>)
  if (!answer.ok) throw fromErrorData(answer.error)
  return answer.value
}

/** Listens to an event until the returned function is called. */
export function subscribe<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
  return window.vitrine.on(name, listener)
}

/** The absolute path of a dropped file, null for one that exists in memory only. */
export function pathForFile(file: File): string | null {
  return window.vitrine.pathForFile(file) || null
}

/** The sentence to show for anything that was thrown. What is not ours keeps its text out of a person's sight. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof VitrineError) return thrown.message
  return 'Something went wrong in this window. Try again; if it stays, Help → Copy diagnostics has the details.'
}
