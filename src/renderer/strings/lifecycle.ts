import { bytesText, counted, countText } from './quantities.ts'

const assets = (count: number) => counted(count, 'asset', 'assets')
const files = (count: number) => counted(count, 'file', 'files')
const days = (count: number) => counted(count, 'day', 'days')

/** Words for what comes and goes: sessions and expiry of the Workspace, and Trash. */
export const lifecycle = {
  // Workspace
  keepLonger: 'Keep longer',
  daysFromNow: (count: number) => `${days(count)} from now`,
  withoutEnd: 'Without an end',
  staysLongEnough: 'Nothing to change: it stays that long already.',
  sessionTitle: (count: number, bytes: number, expiry: string | null) =>
    [assets(count), bytesText(bytes), ...(expiry === null ? [] : [expiry])].join(' · '),
  nextExpires: (time: string) => `next one expires in ${time}`,
  earlier: (count: number) => `${countText(count)} earlier`,
  discardRestOfSession: 'Discard the rest of this session',
  discardRestOfJob: 'Discard the rest of this job',
  nothingLeft: 'Nothing of it is left in the Workspace.',

  // held expiry
  held: (count: number) => `${counted(count, 'asset was', 'assets were')} due while Vitrine was not running`,
  heldUntil: (since: string, until: string) =>
    `It ran last ${since}. So that you can look first, nothing goes before ${until}.`,
  cleanUp: 'Clean up now…',
  cleanUpTitle: 'Clean up now?',
  cleanUpText: (count: number, graceDays: number) =>
    `${counted(count, 'asset', 'assets')} that nobody kept ${count === 1 ? 'goes' : 'go'} to Trash and can be restored for ${days(graceDays)}. What Trash has kept for its full time is deleted for good.`,
  cleanUpDo: 'Clean up',
  cleanedUp: (expired: number, purged: number) =>
    [
      ...(expired > 0 || purged === 0 ? [`Moved ${assets(expired)} to Trash`] : []),
      ...(purged > 0 ? [`deleted ${assets(purged)} for good`] : []),
    ].join(', '),
  showTrash: 'Show Trash',

  // Trash
  trashKept: (count: number) => `Assets go for good after ${days(count)} here`,
  trashKeptAlways: 'What is here stays until you empty Trash',
  trashNext: (time: string) => `the first in ${time}`,
  trashNextNow: 'the first at any moment',
  changePolicy: 'Change…',
  filesLeft: (count: number, problem: string | null) =>
    `${files(count)} of deleted assets could not be removed yet; it is tried again by itself.${problem === null ? '' : ` ${problem}`}`,
  deletedCollections: 'Deleted collections',
  deletedCollectionsHint: 'Restoring one brings back what it held.',
  noDeletedCollections: 'No collection has been deleted.',
  restoreCollection: (name: string) => `Restore “${name}”`,
  heldAssets: (count: number | null, when: string) =>
    count === null ? when : `${counted(count, 'asset', 'assets')} · ${when}`,
  emptyTrash: 'Empty Trash…',
  removeForGood: 'Delete for good…',
  trashIsEmpty: 'Trash is empty.',
  onlyFromTrash: 'Only what is in Trash can be deleted for good. Move it to Trash first.',
  emptyTitle: 'Empty Trash?',
  removeTitle: (count: number) => `Delete ${assets(count)} for good?`,
  removeText: (count: number, bytes: number | null) =>
    `${assets(count)}${bytes === null ? '' : `, ${bytesText(bytes)}`}. ${count === 1 ? 'Its file leaves' : 'Their files leave'} the disk, and so does what you wrote about ${count === 1 ? 'it' : 'them'}. This can’t be undone.`,
  moreNow: (count: number) =>
    `Something was moved to Trash since you looked: ${counted(count, 'asset is', 'assets are')} meant now. Nothing was deleted.`,
  emptyDo: (count: number) => `Delete ${assets(count)}`,
  removed: (count: number, bytes: number, left: number) =>
    left === 0
      ? `Deleted ${assets(count)} for good, ${bytesText(bytes)} freed`
      : `Deleted ${assets(count)} for good; ${files(left)} can’t be removed yet, which is tried again by itself`,
} as const
