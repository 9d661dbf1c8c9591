import { counted } from './quantities.ts'

/** The beginning of a sentence about a key; '' for one that a person took away. */
const pressed = (key: string, without: string, where: string) => (key === '' ? without : `Press ${key} ${where}`)

/** What places say when there is nothing in them. */
export const empty = {
  workspaceTitle: 'Drop something here',
  workspaceText: (days: number | null) =>
    days === null
      ? 'New files land in the Workspace. Keep what is good, and discard the rest.'
      : `New files land in the Workspace. Keep what is good; the rest leaves by itself after ${counted(days, 'day', 'days')}.`,
  dropFolderLabel: 'Or save into the drop folder: what a program writes there appears here.',
  openDropFolder: 'Open folder',
  copyPath: 'Copy path',
  pathCopied: 'the path of the drop folder',
  importFiles: 'Import files…',
  jobTitle: 'Nothing of this job is left in the Workspace',
  jobText: 'What you kept is in the Library.',
  sessionTitle: 'Nothing of this session is left in the Workspace',
  showAll: 'Show the whole Workspace',

  libraryTitle: 'The Library is for what you keep',
  libraryText: (key: string) =>
    `${pressed(key, 'Keep an asset of the Workspace', 'on an asset in the Workspace')}, and it is here for good, in “Unsorted” until you collect it.`,
  goToWorkspace: 'Go to the Workspace',

  favoritesTitle: 'No favourites yet',
  favoritesText: (key: string) =>
    `${pressed(key, 'Mark an asset with the heart', 'on an asset')} to find it here again.`,
  recentTitle: 'Nothing recent',
  recentText: 'What was imported or changed in the last days shows here.',
  missingTitle: 'Nothing is missing',
  missingText: 'Assets whose originals are not where they belong would show here, with what can be done.',
  untaggedTitle: 'Everything has a tag',
  untaggedText: 'Kept assets without tags show here, ready to be sorted.',
  trashTitle: 'Trash is empty',
  trashText: 'What you discard or delete waits here and can be restored.',
  collectionTitle: (name: string) => `“${name}” is empty`,
  collectionText: (key: string) =>
    key === ''
      ? 'Drag assets onto its name in the sidebar. Files dropped here join it at once.'
      : `Drag assets onto its name in the sidebar, or press ${key} on a selection. Files dropped here join it at once.`,
  unsortedTitle: 'Everything is sorted',
  unsortedText: 'Kept assets that are in no collection show here.',

  searchTitle: (text: string) => `Nothing matches “${text.length > 80 ? `${text.slice(0, 79)}…` : text}”`,
  searchText: (place: string) => `Searched in ${place}. Titles, prompts, tags, notes and file names count.`,
  clearSearch: 'Clear the search',
  searchEverywhere: 'Search the whole Library',
  failedTitle: 'This could not be shown',
  retry: 'Try again',
} as const
