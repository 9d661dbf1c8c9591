/** Words for opening assets in other programs. */
export const openWith = {
  menu: 'Open with…',
  usual: 'Open in the usual program',
  title: 'Open with',
  note: 'What you save there becomes a new version.',
  search: 'Find a program',
  usualMark: 'usual',
  other: 'Another program…',
  looking: 'Looking for programs…',
  notFound: 'No program is called that.',
  more: (left: number) => `${left} more; type to find them`,
  saved: (fileName: string) => `What was saved of ${fileName} is its new version`,
  notSaved: (fileName: string, problem: string) => `What was saved of ${fileName} is no version of it: ${problem}`,
} as const
