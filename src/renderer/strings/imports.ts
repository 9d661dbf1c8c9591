import { counted, countText } from './quantities.ts'

/** Words for files on their way into the library. */
export const importStrings = {
  workspace: 'Workspace',
  library: 'Library',
  collection: (name: string) => `collection “${name}”`,
  chooseFolder: 'Choose a folder to import',
  chooseFolders: 'Choose a folder whose folders become collections',
  chooseEagle: 'Choose an Eagle library (a folder that ends in .library)',
  foldersAsCollections: 'Import a folder as collections…',
  fromEagle: 'Import an Eagle library…',
  addingAsCollections: (files: number) =>
    `Adding ${counted(files, 'file', 'files')} to the Library; their folders become collections`,
  addingEagle: 'Adding the Eagle library, with its folders, tags, stars and notes',

  dropTitle: (items: number, where: string) =>
    items === 0 ? `Add to ${where}` : `Add ${counted(items, 'item', 'items')} to ${where}`,
  dropNoteWorkspace: (days: number | null) =>
    days === null
      ? 'They stay until you keep or discard them. Originals are copied.'
      : `They stay ${counted(days, 'day', 'days')} unless you keep them. Originals are copied.`,
  dropNoteLibrary: 'They are kept for good. Originals are copied.',
  dropHere: 'Folders come with everything in them',

  fetchTitle: (count: number) =>
    count === 1 ? 'Fetch what is at this address?' : `Fetch what is at these ${countText(count)} addresses?`,
  fetchText: (count: number, where: string) =>
    count === 1
      ? `You pasted an address of the web. If a picture, film or sound is there, it is added to ${where}.`
      : `You pasted addresses of the web. Pictures, films and sounds that are there are added to ${where}.`,
  fetchDo: 'Fetch',
  notFetched: (failed: number, all: number, reason: string) =>
    `${countText(failed)} of ${countText(all)} addresses gave nothing that can be added. ${reason}`,
  fetching: (host: string | null) => (host === null ? 'Adding the picture' : `Fetching from ${host}…`),

  counting: (found: number) => (found === 0 ? 'Looking for files' : `Counting, ${countText(found)} so far`),
  running: (done: number, found: number) => `Importing ${countText(done)} of ${countText(found)}`,
  cancelling: 'Cancelling',
  done: (imported: number) => (imported === 0 ? 'Nothing new' : `Imported ${counted(imported, 'file', 'files')}`),
  cancelled: (imported: number) => `Cancelled after ${counted(imported, 'file', 'files')}`,
  failedWhole: 'The import stopped',
  rate: (perSecond: number) => `${perSecond >= 10 ? countText(Math.round(perSecond)) : perSecond.toFixed(1)}/s`,
  left: (time: string) => `${time} left`,
  thumbnails: (waiting: number) => counted(waiting, 'thumbnail to make', 'thumbnails to make'),
  duplicates: (duplicates: number) => `${countText(duplicates)} here already`,
  skipped: (skipped: number) => `${countText(skipped)} left out`,
  failures: (failed: number) => `${countText(failed)} ${failed === 1 ? 'needs' : 'need'} a look`,
  others: (imports: number) => `and ${counted(imports, 'other import', 'other imports')}`,

  cancel: 'Cancel import',
  dismiss: 'Dismiss',
  retryAll: 'Try all again',
  failuresTitle: (failed: number) => `${counted(failed, 'file', 'files')} could not be imported`,
  failuresNote: 'The files are where they were; nothing was changed.',
  loadingFailures: 'Reading the list',
  moreFailures: (more: number) => `and ${countText(more)} more`,
  progressLabel: 'Import progress',
} as const
