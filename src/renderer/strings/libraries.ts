/** Words for switching between libraries, and for one that is not there. */
export const libraries = {
  recent: 'Recent libraries',
  noRecent: 'No other library was open on this computer yet.',
  notThere: 'Not connected',
  open: 'Open',
  openNamed: (name: string) => `Open ${name}`,
  switchTo: (name: string) => `Open library “${name}”`,
  forget: (name: string) => `Take ${name} off this list`,
  openOther: 'Open another library…',
  create: 'New library…',
  join: 'New library from a bucket…',
  chooseNew: 'Choose an empty folder for the new library',

  missingTitle: (name: string | null) => (name === null ? 'The library is not there' : `“${name}” is not there`),
  missingText:
    'Its disk is not connected, or its folder was moved or renamed. Connect the disk again and Vitrine goes on by itself; nothing is lost.',
  missingWaiting: 'Looking for it',
  find: 'It is somewhere else…',
  retry: 'Look again',

  silent: 'The library engine has not answered for more than a minute.',
  silentMore:
    'It may be in the middle of long work; then waiting is right. Restarting it interrupts that work. Nothing that was finished is lost.',
  restart: 'Restart the engine',
} as const
