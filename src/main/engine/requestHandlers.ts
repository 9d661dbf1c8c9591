import { VitrineError } from '../../shared/contract/errors.ts'
import type { EngineRequestName, ParsedInput, RequestOutput } from '../../shared/contract/requests.ts'
import { engineRequests } from '../../shared/contract/requests.ts'
import { adoptHandlers } from './requests/adoptHandlers.ts'
import { assetHandlers } from './requests/assetHandlers.ts'
import { careHandlers } from './requests/careHandlers.ts'
import { cloudHandlers } from './requests/cloudHandlers.ts'
import { conflictHandlers } from './requests/conflictHandlers.ts'
import { drawingHandlers } from './requests/drawingHandlers.ts'
import type { EngineParts, Handlers } from './requests/engineParts.ts'
import { exportHandlers } from './requests/exportHandlers.ts'
import { generationRequestHandlers } from './requests/generationRequestHandlers.ts'
import { historyHandlers } from './requests/historyHandlers.ts'
import { importHandlers } from './requests/importHandlers.ts'
import { integrityHandlers } from './requests/integrityHandlers.ts'
import { libraryHandlers } from './requests/libraryHandlers.ts'
import { lifecycleHandlers } from './requests/lifecycleHandlers.ts'
import { longChangeHandlers } from './requests/longChangeHandlers.ts'
import { organiseHandlers } from './requests/organiseHandlers.ts'
import { remoteHandlers } from './requests/remoteHandlers.ts'
import { searchHandlers } from './requests/searchHandlers.ts'
import { shareHandlers } from './requests/shareHandlers.ts'
import { stackHandlers } from './requests/stackHandlers.ts'
import { storageHandlers } from './requests/storageHandlers.ts'
import { tagHandlers } from './requests/tagHandlers.ts'
import { transferHandlers } from './requests/transferHandlers.ts'
import { vectorHandlers } from './requests/vectorHandlers.ts'
import { versionHandlers } from './requests/versionHandlers.ts'

/** Answers every request of the contract with its use case. The input is parsed first. */
export function requestHandlers(
  parts: EngineParts,
): <N extends EngineRequestName>(name: N, input: unknown) => Promise<RequestOutput<N>> {
  const handlers: Handlers<typeof engineRequests> = {
    ...libraryHandlers(parts),
    ...integrityHandlers(parts),
    ...assetHandlers(parts),
    ...drawingHandlers(parts),
    ...organiseHandlers(parts),
    ...tagHandlers(parts),
    ...generationRequestHandlers(parts),
    ...historyHandlers(parts),
    ...conflictHandlers(parts),
    ...stackHandlers(parts),
    ...importHandlers(parts),
    ...exportHandlers(parts),
    ...longChangeHandlers(parts),
    ...lifecycleHandlers(parts),
    ...storageHandlers(parts),
    ...remoteHandlers(parts),
    ...adoptHandlers(parts),
    ...transferHandlers(parts),
    ...shareHandlers(parts),
    ...cloudHandlers(parts),
    ...careHandlers(parts),
    ...searchHandlers(parts),
    ...vectorHandlers(parts),
    ...versionHandlers(parts),
  }
  return async <N extends EngineRequestName>(name: N, input: unknown) =>
    (await handlers[name](parse(name, input))) as RequestOutput<N>
}

/** @throws {VitrineError} `invalid_request` that names the field. */
function parse<N extends EngineRequestName>(name: N, input: unknown): ParsedInput<N> {
  const parsed = engineRequests[name].input.safeParse(input)
  if (parsed.success) return parsed.data as ParsedInput<N>
  const issue = parsed.error.issues[0]
  const field = issue?.path.map(String).join('.') ?? ''
  throw new VitrineError(
    'invalid_request',
    `The request ${name} can't be understood: ${field === '' ? '' : `${field}: `}${issue?.message ?? 'wrong input'}`,
    { request: name, field },
  )
}
