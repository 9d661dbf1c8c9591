import type { KeptReason } from '../../shared/domain/cloudCare.ts'
import { bytesText, counted, countText, dateText } from './quantities.ts'

const keptBecause: Readonly<Record<KeptReason, string>> = {
  gone: 'it does not exist any more',
  elsewhere: 'it is not here',
  linked: 'it is a file of your own that the library only links to',
  workspace: 'it is in the Workspace',
  trash: 'it shares its file with something in Trash',
  pinned: 'a collection that it is in stays on this computer',
  busy: 'it is still being read',
  version: 'it is an earlier version of another asset',
  unsynced: 'the bucket has not confirmed it yet',
  damaged: 'its file here is damaged; check the library',
  bucket: 'the bucket does not hold it as it should; check the library',
}

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
  freeSpace: 'Free up space',
  tooManyToFree: (most: number) =>
    `At most ${countText(most)} originals leave at once. Select fewer, or set how much room they may take in the settings.`,
  freeing: (count: number) => `Asking the bucket for ${counted(count, 'original', 'originals')}…`,
  freed: (count: number, bytes: number) =>
    `${bytesText(bytes)} freed. ${count === 1 ? 'The original is' : `${countText(count)} originals are`} in the bucket.`,
  stays: (kept: number, reason: KeptReason) =>
    kept === 1
      ? `The original stays: ${keptBecause[reason]}.`
      : `${countText(kept)} originals stay; of the first, ${keptBecause[reason]}.`,
  notFreed: (failed: number, reason: string) =>
    failed === 1 ? `The original stays. ${reason}` : `${countText(failed)} originals stay. ${reason}`,
  pin: 'Keep on this computer',
  unpin: 'Don’t keep on this computer',
  pinned: (name: string) => `“${name}” stays on this computer`,
  unpinned: (name: string) => `“${name}” may leave this computer when room is needed`,
  isPinned: 'Stays on this computer',
  section: 'On this computer',
  budget: 'Room for originals',
  budgetLabel: 'How much originals may take on this computer, for example 200 GB',
  budgetHint:
    'What was looked at longest ago leaves this computer when there is more, once the bucket is shown to have it; earlier versions go first. Pinned collections stay.',
  budgetNoRemote: 'Needs a bucket or folder to sync with: nothing leaves this computer that is nowhere else.',
  budgetProblem: 'Give a size of at least 100 MiB, such as 200 GB, or leave it empty.',
  scrub: 'Check all files',
  scrubSwitch: 'Compare all files with their checksums, again and again',
  scrubDays: 'Days for one round',
  scrubHint: (days: number) =>
    `Within ${counted(days, 'day', 'days')}, a few at a time. What is damaged is repaired from the other copy.`,
  scrubOff: 'Files are checked only when you ask for it.',
  card: 'Kept safe',
  here: (bytes: number) => `${bytesText(bytes)} of originals and earlier versions on this computer`,
  ofBudget: (bytes: number, budget: number) => `${bytesText(bytes)} of ${bytesText(budget)} on this computer`,
  pinnedCount: (count: number) => `${counted(count, 'collection stays', 'collections stay')} on this computer`,
  toFetch: (count: number) => `${counted(count, 'original', 'originals')} still to come`,
  checking: (done: number, total: number) => `Checking all files: ${countText(done)} of ${countText(total)}`,
  checkProgress: 'How far the check of all files is',
  lastCheck: (iso: string, files: number) => `Last checked on ${dateText(iso)}: ${counted(files, 'file', 'files')}.`,
  nothingWrong: 'Everything was as it should be.',
  outcome: (found: number, repaired: number) =>
    `${counted(found, 'problem', 'problems')} found, ${countText(repaired)} repaired.`,
  unrepaired: (count: number) => `${counted(count, 'problem', 'problems')} could not be repaired:`,
  nextCheck: (iso: string) => `The next check begins on ${dateText(iso)}.`,
  neverChecked: 'Not checked yet.',
  noChecks: 'Checks are switched off.',
  checkNow: 'Check now',
  dragAgain: 'The originals are here now. Drag once more.',
  barDown: 'Fetching from the bucket',
  reading: 'Reading what other devices did',
  changes: (count: number) => counted(count, 'change', 'changes'),
  rate: (bytesPerSecond: number) => `${bytesText(bytesPerSecond)}/s`,
} as const
