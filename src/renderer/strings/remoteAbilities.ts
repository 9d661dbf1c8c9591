import { spanText } from './quantities.ts'

/** Words for what a bucket can do. */
export const remoteAbilities = {
  all: 'Can all that Vitrine makes use of',
  lacks: (what: readonly string[]) => `Works without: ${what.join(', ')}`,
  clock: (seconds: number) => `its clock is ${spanText(Math.abs(seconds))} ${seconds < 0 ? 'slow' : 'fast'}`,
  names: {
    conditionalCreate: 'writing on a condition',
    ranges: 'reading in parts',
    readAfterWrite: 'showing at once what was written',
    checksumEcho: 'naming checksums',
    multipart: 'sending in parts',
    presign: 'links that expire',
  },
} as const
