import { counted, countText } from './quantities.ts'

/** Words about watched folders. */
export const watchedFolders = {
  title: 'Watched folders',
  hint: 'Files in these folders are in the library without being copied. Vitrine follows what you do with them, and never changes them.',
  add: 'Watch a folder…',
  choose: 'Choose a folder to watch',
  none: 'No folder of your own is watched.',
  menu: (path: string) => `Actions for ${path}`,
  rescan: 'Look for changes now',
  remove: 'Stop watching…',
  files: (count: number) => counted(count, 'file', 'files'),
  inWorkspace: 'to the Workspace',
  missing: (count: number) => `${countText(count)} not found`,
  upToDate: 'Up to date',
  waiting: 'Waiting',
  away: 'Not there',
  scanning: (seen: number, of: number) =>
    of > seen ? `Looking: ${countText(seen)} of ${countText(of)}` : `Looking: ${countText(seen)}`,
  removeTitle: 'Stop watching this folder?',
  removeText: (path: string) =>
    `The files in ${path} stay exactly as they are. Their assets can stay in the library, without being followed, or go to Trash.`,
  keepAssets: 'Keep assets',
  trashAssets: 'Assets to Trash',
} as const
