import { describe, expect, it } from 'vitest'
import { openRemotePolicy, remotePolicyPresets } from '../../../shared/domain/remote.ts'
import { policySentence } from './policySentence.ts'

describe('the rules of a bucket in one line', () => {
  it('are nothing where everything may go in', () => {
    expect(policySentence(openRemotePolicy)).toBeNull()
  })

  it('say what may go in, how much, and that anybody may read it', () => {
    expect(policySentence({ ...remotePolicyPresets.avatars, quotaBytes: 5_000_000_000, retentionDays: 30 })).toBe(
      'only pictures · 5 GB altogether · kept for 30 days · public',
    )
    expect(policySentence(remotePolicyPresets['workspace-temp'])).toBe(
      'only JPEG, PNG, WEBP and 1 more · files up to 50 MiB',
    )
  })
})
