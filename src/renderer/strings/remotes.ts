import { bytesText, counted, countText, momentText, spanText } from './quantities.ts'

/** Words for the state of synchronising. Spans are seconds. */
export const syncWords = {
  none: 'Everything is on this computer only',
  noneDetail: 'Add a bucket or a folder, and kept assets are copied there in the background.',
  upToDate: 'Up to date',
  upToDateDetail: 'Every kept asset is there, checksums confirmed.',
  lastChange: (iso: string) => `Last copied ${momentText(iso)}.`,
  uploading: (left: number) => `Uploading, ${countText(left)} to go`,
  rate: (bytesPerSecond: number) => `${bytesText(bytesPerSecond)}/s`,
  timeLeft: (seconds: number) => `${spanText(seconds)} left`,
  starting: 'Starting…',
  offline: (waiting: number) => (waiting === 0 ? 'Offline' : `Offline · ${countText(waiting)} waiting`),
  offlineSafe: 'Your work is safe here and goes out by itself.',
  tryLater: 'Tried again when there is a connection.',
  tryingNow: 'Trying again…',
  nextTry: (seconds: number) => `Next try in ${spanText(seconds)}.`,
  paused: (waiting: number) => (waiting === 0 ? 'Paused' : `Paused · ${countText(waiting)} waiting`),
  pausedDetail: 'Nothing is sent until you resume.',
  attention: (things: number) =>
    things === 0 ? 'Needs you' : things === 1 ? '1 needs you' : `${countText(things)} need you`,
  attentionRest: 'Everything else is there.',
  attentionWaiting: (waiting: number) => `${counted(waiting, 'other is', 'others are')} on the way.`,
} as const

/** Words of the sync centre and of the form for a new remote. */
export const remotes = {
  title: 'Sync',
  pause: 'Pause',
  resume: 'Resume',
  syncNow: 'Sync now',
  list: 'Remotes',
  add: 'Add a remote…',
  loading: 'Looking…',
  remove: 'Remove',
  test: 'Test connection',
  menu: (name: string) => `Actions for ${name}`,
  removeTitle: (name: string) => `Remove “${name}”?`,
  removeText:
    'Vitrine stops uploading there and forgets its keys. Your library on this computer stays as it is, and nothing in the remote is deleted.',
  onlyThere: (files: number, bytes: number) =>
    `${counted(files, 'file is', 'files are')} only there and not on this computer: ${bytesText(bytes)}.`,
  onlyThereLibrary:
    'Fetch them first, or leave them there: only their thumbnails stay here then, until you add this remote again.',
  onlyThereWorkspace: 'Fetch them first. Or discard them, or keep them and wait until they have been copied.',
  leaveThere: 'Leave them there',
  fetchFirst: 'Fetch them first',
  fetching: (done: number, all: number) => `Fetching, ${countText(done)} of ${countText(all)}`,
  fetchFailed: (files: number, name: string, message: string) =>
    files === 1
      ? `“${name}” could not be fetched: ${message}`
      : `${countText(files)} files could not be fetched, among them “${name}”: ${message}`,
  leftAgain:
    'Some have left this computer again, because of the limit for originals on it. Raise it in the settings, then try again.',
  noCredentials: 'Keys missing',
  enterKeys: 'Enter keys…',
  keysTitle: (name: string) => `Keys for “${name}”`,
  saveKeys: 'Save keys',
  noKeychain: 'Keys are kept for this session only, because this system has no keyring.',
  worksIn: (ms: number) => `Works · ${countText(Math.round(ms))} ms`,
  attention: 'Waiting for you',
  attentionMore: (more: number) => `and ${countText(more)} more`,
  retry: 'Try again',
  retryAll: 'Try all again',
  blockedReason: 'The bucket does not take this file.',
  errorReason: 'The upload failed.',

  addTitle: 'Add a remote',
  addText: {
    library: 'Kept assets and their thumbnails are copied there, in folders and under names that you can read.',
    workspace: 'What generators write there comes into the Workspace, and goes from there as you keep or discard it.',
    references: 'What a generation request looks at is copied there when you ask for its addresses.',
    public: 'What you share with a public link is copied there.',
  },
  role: 'What is it for?',
  roles: {
    library: 'The library: what you keep',
    workspace: 'The Workspace: what generators write',
    references: 'References: what generators look at',
    public: 'Public links',
  },
  roleHints: {
    library: 'One for each library.',
    workspace: 'Takes JPEG, PNG, WebP and MP4 up to 50 MiB; its rules can be changed afterwards.',
    references: 'Takes pictures up to 10 MiB, privately; its rules can be changed afterwards.',
    public: 'Anybody may read what is in it.',
  },
  roleBadges: { library: null, workspace: 'Workspace', references: 'References', public: 'Public' },
  back: 'Back',
  service: 'Service',
  addButton: 'Test and add',
  adding: 'Testing…',
  testing: 'Testing…',
  testOk: (ms: number) => `It works. The server answered in ${countText(Math.round(ms))} ms.`,
  testOkFolder: 'It works: the folder can be written to.',
  testLibrary: (name: string) => `The library “${name}” is there already.`,
  showSecret: 'Show the secret key',
  hideSecret: 'Hide the secret key',
  chooseFolder: 'Choose…',
  chooseFolderTitle: 'Choose a folder for copies',
  goesTo: (address: string) => `Goes to ${address}`,
  pathStyle: 'Bucket name in the path',
  pathStyleHint: 'For servers without a host name for each bucket. Most self-hosted ones need it.',
  allChecksums: 'A checksum in every request',
  allChecksumsHint: 'Servers of some years ago reject it. Vitrine proves what it stored either way.',
} as const

export const providerNames = {
  aws: 'Amazon S3',
  r2: 'Cloudflare R2',
  b2: 'Backblaze B2',
  supabase: 'Supabase Storage',
  other: 'MinIO or another S3 server',
  folder: 'A folder or network drive',
} as const

export const fieldLabels = {
  account: 'Account ID',
  endpoint: 'Server address',
  region: 'Region',
  bucket: 'Bucket',
  owner: 'Folder of the owner',
  publicAddress: 'Public address',
  prefix: 'Folder in the bucket',
  pathStyle: remotes.pathStyle,
  allChecksums: remotes.allChecksums,
  accessKeyId: 'Access key ID',
  secretAccessKey: 'Secret access key',
  folder: 'Folder',
} as const

/** Texts by service and field; many have none. */
type ByField = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Labels that a service calls by another name. */
export const ownLabels: ByField = {
  supabase: { account: 'Project reference' },
  b2: { accessKeyId: 'Application key ID', secretAccessKey: 'Application key' },
  folder: { prefix: 'Subfolder' },
}

/** What helps to find the right value. */
export const fieldHints: ByField = {
  aws: { region: 'As in the address of the bucket, for example eu-central-1.' },
  r2: { account: 'On the R2 overview page, 32 letters and digits.' },
  b2: { region: 'The middle part of the endpoint on the bucket’s page.' },
  supabase: {
    account: 'The first part of your project’s address.',
    region: 'In Project settings → Storage, where the keys are made too.',
  },
  other: {
    endpoint: 'With the port if it has one: storage.example.com:9000',
    region: 'us-east-1 unless the server says otherwise.',
  },
  all: {
    owner: 'Generators write <owner>/<job>/<file>. Empty if the jobs lie there directly.',
    publicAddress: 'Where anybody can read what is in it. Links need it; it can be entered in its rules later.',
  },
  folder: { folder: 'A network drive, an external disk, or a folder that another program syncs.' },
}

export const optional = 'optional'

export const fieldProblems = {
  required: 'This is needed.',
  address: 'This is not an address of a server. It looks like https://storage.example.com.',
  spaces: 'There is a space in it.',
  slash: 'Only the name of the bucket; what comes after the slash belongs into “Folder in the bucket”.',
  account: 'Only the letters and digits, without the rest of the address.',
  too_long: 'At most 512 characters.',
  folder_name: 'Give the name of one folder, without slashes inside.',
} as const

/** What failed, in front of the server's own words. */
export const testProblems = {
  host: 'The server cannot be reached',
  tls: 'No safe connection to the server',
  access_key: 'The server does not know this access key',
  secret_key: 'The secret key does not belong to this access key',
  bucket: 'There is no such bucket',
  region: 'The bucket is in another region',
  permission: 'These keys may not write there',
  clock: 'The clock of this computer is wrong',
  folder: 'The folder cannot be used',
  other_library: 'Another library is there already',
  encryption: 'The encryption',
  server: 'The server answered with an error',
} as const
