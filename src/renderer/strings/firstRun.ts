/** Words of the first run, when there is no library yet. */
export const firstRun = {
  title: 'Welcome to Vitrine',
  intro: 'A place for everything you make: on your own disk, under your own names, found at once.',
  question: 'Where should your library live?',
  hint: 'A folder of its own, on a disk with room to grow.',
  choose: 'Choose…',
  chooseTitle: 'Choose a folder for the library',
  openTitle: 'Choose a Vitrine library',
  create: 'Create library',
  creating: 'Creating…',
  openExisting: 'Open an existing one…',
  opening: 'Opening…',
  join: 'From a bucket or folder…',
  openInstead: 'Open the library there',
  createInstead: 'Create a library there',
  willMake: 'What will be made there',
  parts: [
    { kind: 'originals', name: 'originals', text: 'Your files, in folders by month, with names you can read' },
    { kind: 'drop', name: 'drop', text: 'Save or drag files here: they appear in the Workspace by themselves' },
    {
      kind: 'catalog',
      name: 'catalogue and journal',
      text: 'Titles, tags, ratings and every change, so that all can be undone',
    },
  ],
  later: 'A bucket for copies in the cloud can be added at any time. Nothing leaves this computer until then.',
  pathRequired: 'Choose a folder first.',
} as const
