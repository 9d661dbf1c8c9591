import { describe, expect, it } from 'vitest'
import { diskParts } from './diskParts.ts'

const usage = (free: number | null, size: number | null) => ({
  total: { assets: 2, bytes: 200 },
  trash: { assets: 1, bytes: 50 },
  disk: { cache: { bytes: 30, estimated: true }, journal: 5, catalog: 15, elsewhere: 0, free, size },
})

describe('the disk', () => {
  it('is what the library has, what others have, and what is free', () => {
    const { vitrine, shares } = diskParts(usage(500, 1000))
    expect(vitrine).toBe(300)
    expect(shares).toEqual({ vitrine: 0.3, other: expect.closeTo(0.2), free: 0.5 })
  })

  it('does not hold what is only in the bucket', () => {
    const away = usage(500, 1000)
    expect(diskParts({ ...away, disk: { ...away.disk, elsewhere: 150 } }).vitrine).toBe(150)
  })

  it('is never more than full, also when originals are on another disk', () => {
    expect(diskParts(usage(90, 100)).shares).toEqual({ vitrine: expect.closeTo(0.1), other: 0, free: 0.9 })
  })

  it('is unknown where the system does not say', () => {
    expect(diskParts(usage(null, null)).shares).toBeNull()
    expect(diskParts(usage(0, 0)).shares).toBeNull()
  })
})
