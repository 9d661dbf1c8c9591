import type { z } from 'zod'
import type { Answer } from '../../shared/contract/bridge.ts'
import { toErrorData, VitrineError } from '../../shared/contract/errors.ts'
import {
  type EngineRequestName,
  engineRequests,
  type ParsedInput,
  type RequestOutput,
  requests,
  type ShellRequestName,
} from '../../shared/contract/requests.ts'
import type { Log } from './log.ts'
import type { PageOrigin } from './pageOrigin.ts'

/** What the shell asks the engine for its keychain; a page has no business with it. */
const NOT_FOR_PAGES: ReadonlySet<string> = new Set(['remotes.key'])

/** What the router looks at in Electron's invoke event. */
export interface RequestEvent {
  readonly sender: { readonly id: number }
  /** Null when the frame has navigated or gone since it asked. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** The requests that the shell answers itself. */
export type ShellHandlers = {
  /** `sender` is the id of the contents of the page that asks. */
  readonly [N in ShellRequestName]: (
    input: ParsedInput<N>,
    sender: number,
  ) => RequestOutput<N> | Promise<RequestOutput<N>>
}

interface RouterOptions {
  readonly page: PageOrigin
  readonly isOurWindow: (senderId: number) => boolean
  readonly engine: (name: EngineRequestName, input: unknown) => Promise<unknown>
  readonly shell: ShellHandlers
  readonly log: Log
}

/**
 * The one door between a page and the rest of the program. Checks who asks, what is asked and with what, and what is
 * answered; every refusal is logged. Never throws: whatever happens crosses as data.
 */
export function createRouter(options: RouterOptions) {
  return async (event: RequestEvent, name: unknown, input: unknown): Promise<Answer<unknown>> => {
    try {
      checkSender(event, options)
      return { ok: true, value: await answer(name, input, event.sender.id, options) }
    } catch (error) {
      report(error, name, options.log)
      return { ok: false, error: toErrorData(error) }
    }
  }
}

function checkSender(event: RequestEvent, { page, isOurWindow }: RouterOptions): void {
  const frame = event.senderFrame
  if (frame === null || frame.parent !== null || !page.owns(frame.url) || !isOurWindow(event.sender.id)) {
    throw new VitrineError('forbidden_sender', 'Only the window of Vitrine itself may ask.', {
      url: frame?.url.slice(0, 200) ?? null,
    })
  }
}

async function answer(
  name: unknown,
  input: unknown,
  sender: number,
  { engine, shell }: RouterOptions,
): Promise<unknown> {
  if (typeof name !== 'string' || !Object.hasOwn(requests, name) || NOT_FOR_PAGES.has(name)) {
    throw new VitrineError('unknown_request', `Vitrine has no request of this name: ${String(name).slice(0, 100)}`)
  }
  const known = name as keyof typeof requests
  const parsed = requests[known].input.safeParse(input)
  if (!parsed.success) throw invalidRequest(name, parsed.error)

  const value = isEngineRequest(known)
    ? await engine(known, parsed.data)
    : // The input was parsed by the schema of this very request, which TypeScript can't follow through the lookup.
      await (shell[known] as (input: unknown, sender: number) => unknown)(parsed.data, sender)

  const output: z.ZodType = requests[known].output
  const checked = output.safeParse(value)
  if (checked.success) return checked.data
  throw new Error(`The answer to ${name} is not in the contract: ${describeIssue(checked.error)}`)
}

function isEngineRequest(name: string): name is EngineRequestName {
  return Object.hasOwn(engineRequests, name)
}

function invalidRequest(name: string, error: z.ZodError): VitrineError {
  const field = error.issues[0]?.path.map(String).join('.') ?? ''
  return new VitrineError('invalid_request', `The request ${name} can't be understood: ${describeIssue(error)}`, {
    request: name,
    field,
  })
}

function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'invalid'
  return issue.path.length === 0 ? issue.message : `${issue.path.map(String).join('.')}: ${issue.message}`
}

/** What a person did wrong or a server said is information; a forged or malformed request and a defect are not. */
function report(error: unknown, name: unknown, log: Log): void {
  const request = String(name).slice(0, 100)
  if (!(error instanceof VitrineError)) log.error('router', `${request} failed`, error)
  else if (['forbidden_sender', 'unknown_request', 'invalid_request'].includes(error.code)) {
    log.warn('router', `Refused ${request}: ${error.code}: ${error.message}`, error.details)
  } else log.info('router', `${request}: ${error.code}: ${error.message}`)
}
