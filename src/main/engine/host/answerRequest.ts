import { toErrorData, VitrineError } from '../../../shared/contract/errors.ts'
import type { FromEngine, ToEngine } from '../../../shared/contract/wire.ts'

/**
 * Puts one request that came over a boundary to an engine, and sends what came of it. Never rejects: what was thrown
 * without a code is a defect, of which the asker gets `internal` and the log the rest.
 */
export async function answerRequest(
  request: (name: string, input: unknown) => Promise<unknown>,
  { id, name, input }: Extract<ToEngine, { type: 'request' }>,
  send: (message: FromEngine) => void,
): Promise<void> {
  try {
    send({ type: 'answer', id, ok: true, value: await request(name, input) })
  } catch (error) {
    if (!(error instanceof VitrineError)) logDefect(name, error)
    send({ type: 'refusal', id, error: toErrorData(error) })
  }
}

function logDefect(request: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${JSON.stringify({ level: 'error', at: new Date().toISOString(), request, error: text })}\n`)
}
