import { extname, isAbsolute } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { RemoteLocation } from '../../../../shared/domain/remote.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import { fileError } from '../../disk/fileError.ts'
import { writeFileDurably } from '../../disk/writeFileDurably.ts'
import type { LibraryIdentity } from '../libraryManifest.ts'
import type { KeyRing } from './keyRing.ts'

/** What a recovery sheet tells. */
export interface SheetFacts {
  readonly library: LibraryIdentity
  readonly remote: string
  readonly location: RemoteLocation
  readonly identity: string
  /** Milliseconds since the Unix epoch. */
  readonly now: number
}

/**
 * Writes the sheet to a path, as a page for `.html` and as text for anything else. Throws `remote_no_key` when the key is not
 * known here, `invalid_request` for a remote that is not encrypted or a path that is not absolute, and what the disk says.
 */
export function writeRecoverySheet(
  { name, location }: RemoteRow,
  library: LibraryIdentity,
  keys: Pick<KeyRing, 'identityOf'>,
  path: string,
  now: number,
): void {
  const { encryption } = location
  if (encryption === undefined || !isAbsolute(path)) {
    throw new VitrineError(
      'invalid_request',
      encryption === undefined
        ? 'This remote is not encrypted, so it needs no recovery sheet.'
        : 'Name a file to write.',
    )
  }
  const identity = keys.identityOf(encryption)
  if (identity === null) {
    throw new VitrineError('remote_no_key', 'The key of this remote is not known here. Enter it first.')
  }
  const facts: SheetFacts = { library, remote: name, location, identity, now }
  try {
    writeFileDurably(path, /^\.html?$/i.test(extname(path)) ? sheetPage(facts) : sheetText(facts), 0o600)
  } catch (error) {
    throw fileError(error, path)
  }
}

interface Section {
  readonly title: string
  readonly lines: readonly string[]
  /** What has to be copied exactly. */
  readonly code?: string
}

function sectionsOf({ library, remote, location, identity, now }: SheetFacts): readonly Section[] {
  return [
    {
      title: 'What this is',
      lines: [
        `The encrypted remote “${remote}” of the Vitrine library “${library.name}” can be read with the key below, and with nothing else if its passphrase is lost. Keep this sheet where only you can get at it: whoever has it and a copy of the remote can read everything.`,
        `Written on ${new Date(now).toISOString().slice(0, 10)}. Library ${library.id}.`,
      ],
    },
    { title: 'Key', lines: [], code: identity },
    { title: 'Where it is', lines: placeLines(location) },
    {
      title: 'With Vitrine',
      lines: [
        'On a new computer, choose “Library from a bucket or folder”, name the place above, and give this file as the key file. On the command line:',
      ],
      code: `vitrine join NEW-FOLDER ${placeOptions(location)} --key-file THIS-FILE`,
    },
    {
      title: 'Without Vitrine',
      lines: [
        'Every object is a file in the age format (age-encryption.org/v1). Any age program opens it with the key above, written into a file of its own:',
      ],
      code: 'age --decrypt -i KEY-FILE OBJECT > FILE',
    },
    {
      title: 'What the names mean',
      lines: [
        'Each part of a name between slashes is encrypted by itself, with AES-256-SIV and a key that is derived from the key above. docs/encryption.md of Vitrine says exactly how. Which file is which also stands in the logs, in the plain names that “vitrine join” restores.',
      ],
    },
  ]
}

function placeLines(location: RemoteLocation): string[] {
  const prefix = location.prefix === '' ? [] : [`Prefix: ${location.prefix}`]
  if (location.kind === 'folder') return [`Folder: ${location.path}`, ...prefix]
  return [
    `Server: ${location.endpoint ?? 'Amazon S3'}`,
    `Region: ${location.region}`,
    `Bucket: ${location.bucket}`,
    ...prefix,
    'The server’s own keys (access key and secret key) are not on this sheet.',
  ]
}

function placeOptions(location: RemoteLocation): string {
  const options =
    location.kind === 'folder'
      ? ['--folder', location.path]
      : [
          ...(location.endpoint === null ? [] : ['--endpoint', location.endpoint]),
          ...['--bucket', location.bucket, '--region', location.region],
        ]
  if (location.prefix !== '') options.push('--prefix', location.prefix)
  return options.map((word) => (/^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ')
}

/** The sheet as text. It serves as a key file: it has the key once, and nothing else that looks like one. */
export function sheetText(facts: SheetFacts): string {
  const sections = sectionsOf(facts).map(({ title, lines, code }) =>
    [title.toUpperCase(), ...lines, ...(code === undefined ? [] : ['', `    ${code}`])].join('\n'),
  )
  return `${['VITRINE RECOVERY SHEET', ...sections].join('\n\n')}\n`
}

/** The sheet as a page to print, without anything from elsewhere. */
export function sheetPage(facts: SheetFacts): string {
  const sections = sectionsOf(facts).map(({ title, lines, code }) => {
    const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join('\n')
    return `<section>\n<h2>${escaped(title)}</h2>\n${paragraphs}${code === undefined ? '' : `\n<pre>${escaped(code)}</pre>`}\n</section>`
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(`Recovery sheet – ${facts.library.name}`)}</title>
<style>
body { max-width: 42rem; margin: 2.5rem auto; padding: 0 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: #111; background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1rem; margin: 1.6rem 0 0.3rem } p { margin: 0.3rem 0; overflow-wrap: anywhere }
pre { margin: 0.6rem 0; padding: 0.7rem 0.9rem; border: 1px solid #999; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.5 ui-monospace, monospace }
section { break-inside: avoid }
</style>
</head>
<body>
<h1>Vitrine recovery sheet</h1>
${sections.join('\n')}
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
