import { describe, expect, it } from 'vitest'
import { type DepartureFacts, mayLeave } from './mayLeave.ts'

const facts: DepartureFacts = {
  asset: { space: 'workspace', deletedAt: null },
  isHere: true,
  isConfirmed: true,
  hasLibraryRemote: true,
}
const kept = { space: 'library', deletedAt: null } as const
const discarded = { space: 'workspace', deletedAt: 1 } as const

describe('an object of a workspace bucket', () => {
  it('stays while nobody has decided', () => {
    expect(mayLeave(facts)).toBe(false)
  })

  it('goes when its asset was kept and the library’s bucket has confirmed it', () => {
    expect(mayLeave({ ...facts, asset: kept })).toBe(true)
    expect(mayLeave({ ...facts, asset: kept, isConfirmed: false })).toBe(false)
  })

  it('goes without such a bucket when the kept original is here', () => {
    const alone = { ...facts, asset: kept, hasLibraryRemote: false, isConfirmed: false }
    expect(mayLeave(alone)).toBe(true)
    expect(mayLeave({ ...alone, isHere: false })).toBe(false)
  })

  it('goes when its asset was discarded, as long as Trash has the original', () => {
    expect(mayLeave({ ...facts, asset: discarded })).toBe(true)
    expect(mayLeave({ ...facts, asset: discarded, isHere: false })).toBe(false)
    const keptOnce = { space: 'library', deletedAt: 1 } as const
    expect(mayLeave({ ...facts, asset: keptOnce, isHere: false })).toBe(true)
    expect(mayLeave({ ...facts, asset: keptOnce, isHere: false, isConfirmed: false })).toBe(false)
  })

  it('goes when its asset is gone for good', () => {
    expect(mayLeave({ ...facts, asset: null, isHere: false, isConfirmed: false })).toBe(true)
  })
})
