import { counted, countText } from './quantities.ts'

/** Words of the frame: sidebar, top bar, header, foot, banners and the screens without a library. */
export const frame = {
  // sidebar
  places: 'Places',
  workspace: 'Workspace',
  library: 'Library',
  allAssets: 'All assets',
  favorites: 'Favourites',
  recent: 'Recent',
  untagged: 'Untagged',
  missing: 'Missing',
  duplicates: 'Duplicates',
  requests: 'Requests',
  trash: 'Trash',
  storage: 'Storage',
  everything: 'Everything',
  collections: 'Collections',
  tags: 'Tags',
  newCollection: 'New collection',
  collectionName: 'Name of the collection',
  noCollections: 'Group kept assets by project, client or idea.',
  nextExpiry: (time: string) => `Next one expires in ${time}`,
  waiting: (assets: number) => counted(assets, 'asset', 'assets'),
  libraryMenu: 'Library',
  openAnother: 'Open another library…',
  chooseLibrary: 'Choose the folder of a library',
  openDropFolder: 'Open the drop folder',
  syncNone: 'On this computer only',
  syncOpen: (line: string) => `${line}. Open the sync centre`,

  // top bar
  sortBy: 'Sort by',
  order: 'Order',
  ascending: 'Ascending',
  descending: 'Descending',
  layout: 'Layout',
  justified: 'Justified rows',
  squares: 'Square grid',
  list: 'List',
  size: 'Size of the pictures',
  pixels: (pixels: number) => `${pixels} pixels`,
  showInspector: 'Info',
  showSidebar: 'Sidebar',

  // header
  counted: (assets: number) => counted(assets, 'asset', 'assets'),
  selectedOf: (selected: number, total: number) => `${countText(selected)} of ${countText(total)} selected`,
  results: (results: number) => counted(results, 'result', 'results'),
  selected: (selected: number) => `${countText(selected)} selected`,
  selectionActions: 'Actions for the selection',
  clearSelection: 'Clear the selection',
  jobs: 'Sessions and generation jobs',
  allJobs: 'All',
  jobRunning: 'running',
  jobFailed: 'failed',
  jobProgress: (done: number, known: number) => `${countText(done)} of ${counted(known, 'file', 'files')}`,
  jobFailures: (failed: number) => `${countText(failed)} could not be taken in`,

  // banners
  restarting: 'The library engine stopped and is starting again. Nothing was lost.',
  restartingAgain: (attempt: number) => `Attempt ${attempt}`,
  recovered: (assets: number) =>
    `The catalogue was damaged and has been rebuilt: ${counted(assets, 'asset is', 'assets are')} back.`,
  recoveredAside: (path: string) => `The damaged file is in ${path}`,
  dropFolderProblem: 'Drop folder',
  dismiss: 'Dismiss',

  // screens
  starting: 'Opening the library',
  openingWork: {
    checking: 'Checking the catalogue',
    upgrading: 'Bringing the catalogue to this version',
    rebuilding: 'Making the catalogue anew',
  },
  openingWhy: {
    checking: 'The last session ended unexpectedly. Your files are safe.',
    upgrading: 'This is done once, after an update. It can take some minutes in a very large library.',
    rebuilding:
      'The catalogue was damaged. It is made anew from the journal of everything that was ever done; your files are safe, and the damaged one is kept.',
  },
  failedTitle: 'The library could not be opened',
  failedPath: 'Library',
  retry: 'Try again',
  chooseOther: 'Choose another library…',
  showLog: 'Show log',
  windowFailedTitle: 'This window ran into a problem',
  windowFailedText: 'Nothing in the library was changed. Reloading the window brings it back.',
  reload: 'Reload the window',

  shortcutsTitle: 'Keyboard shortcuts',
  notifications: 'Messages',
} as const

/** What a sort is called, and what its two directions are. */
export const sorts = {
  imported_at: { name: 'Imported', ascending: 'Oldest first', descending: 'Newest first' },
  captured_at: { name: 'Captured', ascending: 'Oldest first', descending: 'Newest first' },
  created_at: { name: 'Created', ascending: 'Oldest first', descending: 'Newest first' },
  updated_at: { name: 'Changed', ascending: 'Oldest first', descending: 'Newest first' },
  file_name: { name: 'File name', ascending: 'A to Z', descending: 'Z to A' },
  custom_title: { name: 'Title', ascending: 'A to Z', descending: 'Z to A' },
  file_size_bytes: { name: 'File size', ascending: 'Smallest first', descending: 'Largest first' },
  rating: { name: 'Rating', ascending: 'Lowest first', descending: 'Highest first' },
  width: { name: 'Width', ascending: 'Smallest first', descending: 'Largest first' },
  height: { name: 'Height', ascending: 'Smallest first', descending: 'Largest first' },
  duration_seconds: { name: 'Duration', ascending: 'Shortest first', descending: 'Longest first' },
  asset_type: { name: 'Kind', ascending: 'A to Z', descending: 'Z to A' },
  model_used: { name: 'Model', ascending: 'A to Z', descending: 'Z to A' },
  manual: { name: 'By hand', ascending: 'As arranged', descending: 'The other way round' },
} as const
