import type { EngineState } from '../../shared/contract/requests/shellRequests.ts'
import { redact } from './redact.ts'

interface DiagnosticsInput {
  readonly version: string
  readonly versions: Readonly<Record<string, string | undefined>>
  readonly system: string
  readonly keychain: boolean
  readonly engine: EngineState
  /** Of the person, replaced by `~` wherever it stands. */
  readonly home: string
  readonly logLines: readonly string[]
}

/** What a person can paste into a report: versions, state and the end of the log, without secrets or their name. */
export function diagnostics(input: DiagnosticsInput): string {
  const { engine } = input
  const state =
    engine.state === 'failed'
      ? `failed, ${engine.code}: ${engine.message}`
      : engine.state === 'ready'
        ? `ready, revision ${engine.library.revision}`
        : engine.state
  const text = [
    `Vitrine ${input.version}`,
    `Electron ${input.versions.electron}, Chromium ${input.versions.chrome}, Node ${input.versions.node}`,
    `System: ${input.system}`,
    `Keychain: ${input.keychain ? 'available' : 'none, keys last for the session'}`,
    `Engine: ${state}`,
    '',
    ...input.logLines,
  ].join('\n')
  return redact(input.home.length > 1 ? text.replaceAll(input.home, '~') : text)
}
