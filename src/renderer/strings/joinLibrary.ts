/** Words for making one more copy of a library that a bucket or folder holds. */
export const joinLibrary = {
  title: 'Library from a bucket or folder',
  text: 'One more copy of a library that another device has synced. Originals stay where they are until you want them.',
  where: 'Where the library goes',
  whereHint: 'An empty folder of its own on this computer.',
  choose: 'Choose…',
  chooseTitle: 'Choose an empty folder for the library',
  pathRequired: 'Choose a folder first.',
  join: 'Connect',
  joining: 'Connecting…',
  joiningText: 'Looking for the library there. What other devices did is read in the background once it is open.',
} as const
