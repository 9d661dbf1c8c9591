import { bytesText, counted, countText, spanText } from './quantities.ts'

/** Words of the check of the library. */
export const integrity = {
  menu: 'Check library…',
  title: 'Check the library',
  text: 'Compares each file with the checksum it was taken in with, and looks at the catalogue and its journal. It takes a while in a large library; you can go on working.',
  repair: 'Mend what can be mended',
  repairHint:
    'Files that are missing or damaged come back from a bucket or an earlier version, and lost originals become assets again.',
  remote: 'Look into the buckets too',
  remoteHint: 'Asks for each object that should be there. Needs a connection.',
  start: 'Check',
  startAgain: 'Check again',
  cancel: 'Stop',
  close: 'Close',
  counting: 'Looking at what there is…',
  progress: (checked: number, total: number) => `${countText(checked)} of ${counted(total, 'asset', 'assets')}`,
  progressLabel: 'Progress of the check',
  problemsSoFar: (problems: number) =>
    problems === 0 ? 'nothing wrong so far' : `${counted(problems, 'problem', 'problems')} so far`,
  background: 'It goes on when you close this.',
  failed: 'The check could not be finished',
  cancelled: 'Stopped before the end',
  sound: 'Everything is as it should be',
  problems: (count: number) => `${counted(count, 'problem', 'problems')} found`,
  allMended: (count: number) => `${counted(count, 'problem', 'problems')} found, and all mended`,
  facts: (files: number, bytes: number, seconds: number) =>
    `${counted(files, 'file', 'files')}, ${bytesText(bytes)}, in ${spanText(seconds)}`,
  mended: (count: number) => `${countText(count)} mended`,
  groups: {
    missing: {
      title: 'Missing',
      hint: 'Not in their place. Put them back, or check again and let what can be mended be mended.',
    },
    damaged: { title: 'Damaged', hint: 'Their bytes are not those that were taken in.' },
    unreadable: { title: 'Could not be read', hint: 'The disk or the rights of the folder are in the way.' },
    orphaned: { title: 'Originals without an asset', hint: 'Mending takes them in again.' },
    catalog: { title: 'Catalogue', hint: 'What is wrong with the catalogue itself.' },
    journal: { title: 'Journal', hint: 'Where the journal does not go on as it should.' },
    remote: { title: 'In the bucket', hint: 'Not there as the catalogue has it; mending uploads them again.' },
    repaired: { title: 'Mended', hint: '' },
  },
  undrawn: (count: number) => `${counted(count, 'thumbnail was', 'thumbnails were')} missing and will be made again.`,
  remoteProblems: { missing: 'not in the bucket', different: 'other bytes in the bucket' },
  more: (count: number) => `and ${countText(count)} more`,
} as const
