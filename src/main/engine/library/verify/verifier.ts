import { toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import type { Verification } from '../../../../shared/domain/verification.ts'
import { createFindings, type Findings } from './findings.ts'
import { type VerifyOptions, type VerifyTools, verifyLibrary } from './verifyLibrary.ts'

/** Checks a library in the background, one check at a time. */
export interface Verifier {
  start(options: VerifyOptions): Verification
  state(): Verification
  cancel(): Verification
  close(): Promise<void>
}

const idle: Verification = { state: 'idle', checked: 0, total: 0, problems: 0, message: null, report: null }

export function createVerifier(tools: VerifyTools): Verifier {
  let current = idle
  let findings: Findings | null = null
  let abort = new AbortController()
  let running: Promise<void> = Promise.resolve()

  const run = async (options: VerifyOptions, found: Findings): Promise<void> => {
    const began = performance.now()
    let state: Verification['state'] = 'done'
    let message: string | null = null
    try {
      const onAsset = (): void => {
        current = { ...current, checked: current.checked + 1 }
      }
      await verifyLibrary(tools, options, found, onAsset, abort.signal)
    } catch (error) {
      state = abort.signal.aborted ? 'cancelled' : 'failed'
      if (state === 'failed') message = toErrorData(error).message
      if (state === 'failed' && !(error instanceof VitrineError)) console.error(error)
    }
    const seconds = Math.round(performance.now() - began) / 1000
    current = { ...current, state, message, problems: found.problems, report: found.report(seconds) }
  }

  const state = (): Verification =>
    current.state === 'running' && findings !== null ? { ...current, problems: findings.problems } : current
  return {
    start(options) {
      if (current.state === 'running') return state()
      abort = new AbortController()
      findings = createFindings()
      current = { ...idle, state: 'running', total: tools.catalog.verification.count() }
      running = run(options, findings)
      return state()
    },
    state,
    cancel() {
      abort.abort()
      return state()
    },
    async close() {
      abort.abort()
      await running
    },
  }
}
