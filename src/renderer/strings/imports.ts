import { count, number } from './numbers.ts'

/** Words for files on their way into the library. */
export const importStrings = {
  workspace: 'Workspace',
  library: 'Library',
  collection: (name: string) => `collection “${name}”`,
  chooseFolder: 'Choose a folder to import',

  dropTitle: (items: number, where: string) =>
    items === 0 ? `Add to ${where}` : `Add ${count(items, 'item')} to ${where}`,
  dropNoteWorkspace: (days: number) => `They stay ${count(days, 'day')} unless you keep them. Originals are copied.`,
  dropNoteLibrary: 'They are kept for good. Originals are copied.',
  dropHere: 'Folders come with everything in them',

  counting: (found: number) => (found === 0 ? 'Looking for files' : `Counting, ${number(found)} so far`),
  running: (done: number, found: number) => `Importing ${number(done)} of ${number(found)}`,
  cancelling: 'Cancelling',
  done: (imported: number) => `Imported ${count(imported, 'file')}`,
  cancelled: (imported: number) => `Cancelled after ${count(imported, 'file')}`,
  failedWhole: 'The import stopped',
  rate: (perSecond: number) => `${perSecond >= 10 ? number(Math.round(perSecond)) : perSecond.toFixed(1)}/s`,
  left: (time: string) => `${time} left`,
  thumbnails: (waiting: number) => count(waiting, 'thumbnail to make', 'thumbnails to make'),
  duplicates: (duplicates: number) => `${number(duplicates)} here already`,
  skipped: (skipped: number) => `${number(skipped)} left out`,
  failures: (failed: number) => `${number(failed)} ${failed === 1 ? 'needs' : 'need'} a look`,
  others: (imports: number) => `and ${count(imports, 'other import')}`,

  cancel: 'Cancel import',
  dismiss: 'Dismiss',
  retryAll: 'Try all again',
  failuresTitle: (failed: number) => `${count(failed, 'file')} could not be imported`,
  failuresNote: 'The files are where they were; nothing was changed.',
  loadingFailures: 'Reading the list',
  moreFailures: (more: number) => `and ${number(more)} more`,
  progressLabel: 'Import progress',
} as const
