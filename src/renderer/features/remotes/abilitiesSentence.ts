import type { RemoteAbilities } from '../../../shared/domain/remoteAbilities.ts'
import { remoteAbilities as words } from '../../strings/remoteAbilities.ts'

/** S3 refuses requests from 15 minutes on; a person should know long before. */
const NOTEWORTHY_OFFSET_MS = 60_000

/** What a bucket was found to lack, in one sentence. */
export function abilitiesSentence(abilities: RemoteAbilities): string {
  const names = Object.entries(words.names) as [keyof typeof words.names, string][]
  const lacking = names.filter(([ability]) => !abilities[ability]).map(([, name]) => name)
  const sentences: string[] = [lacking.length === 0 ? words.all : words.lacks(lacking)]
  const offset = abilities.clockOffsetMs
  if (offset !== null && Math.abs(offset) >= NOTEWORTHY_OFFSET_MS) sentences.push(words.clock(offset / 1000))
  return `${sentences.join('; ')}.`
}
