import { bytesText, counted, countText } from './quantities.ts'

/** Words for what comes from the bucket: originals, and what other devices did. */
export const originals = {
  fetch: 'Fetch original',
  fetchMany: (count: number) => (count === 1 ? 'Fetch original' : 'Fetch originals'),
  allHere: (count: number) =>
    count === 1 ? 'Its original is on this computer.' : 'Their originals are all on this computer.',
  tooMany: (most: number) => `At most ${countText(most)} originals are fetched at once. Select fewer.`,
  fetching: (count: number) => `Fetching ${counted(count, 'original', 'originals')}…`,
  fetched: (count: number) =>
    count === 1 ? 'The original is on this computer now' : `${countText(count)} originals are on this computer now`,
  failed: (failed: number, reason: string) =>
    failed === 1
      ? `The original could not be fetched. ${reason}`
      : `${countText(failed)} originals could not be fetched. ${reason}`,
  dragAgain: 'The originals are here now. Drag once more.',
  barDown: 'Fetching from the bucket',
  reading: 'Reading what other devices did',
  changes: (count: number) => counted(count, 'change', 'changes'),
  rate: (bytesPerSecond: number) => `${bytesText(bytesPerSecond)}/s`,
} as const
