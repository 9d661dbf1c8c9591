import type { integrityRequests } from '../../../shared/contract/requests/integrityRequests.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `integrityRequests`. */
export function integrityHandlers({ verifier, importer }: EngineParts): Handlers<typeof integrityRequests> {
  return {
    'verify.start': (options) => verifier.start(options),
    'verify.state': () => verifier.state(),
    'verify.cancel': () => verifier.cancel(),
    'library.recover': async () => ({ recovered: await importer.sweepUnregistered() }),
  }
}
