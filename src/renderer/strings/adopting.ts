import { bytesText, counted } from './quantities.ts'

/** Words for files that other programs put into the library's bucket. */
export const adopting = {
  menu: 'Look for new files…',
  title: (name: string) => `Files in “${name}”`,
  looking: 'Looking for files that are not in the library…',
  none: 'There is nothing that is not in the library already.',
  found: (files: number, bytes: number, more: boolean) =>
    `${more ? 'More than ' : ''}${counted(files, 'file', 'files')} (${bytesText(bytes)}) of other programs ${files === 1 && !more ? 'is' : 'are'} there. Take them into the library where they are? Each is read once. Nothing there is moved, changed or deleted, and folders become collections.`,
  take: 'Take them in',
} as const
