import type { RemoteTest } from '../../../shared/domain/remote.ts'
import { testProblems } from '../../strings/remotes.ts'

type FailedTest = Extract<RemoteTest, { ok: false }>

/** Why a connection test failed: in our words, then in the message's unless it says the same. */
export function problemText(test: FailedTest): string {
  const headline = testProblems[test.problem]
  const message = test.message.trim()
  if (message === '') return `${headline}.`
  return message.toLowerCase().startsWith(headline.toLowerCase()) ? message : `${headline}. ${message}`
}
