/** What a desktop entry says of a program that can open files. */
export interface DesktopProgram {
  readonly name: string
  /** The command line with its field codes. */
  readonly exec: string
  /** What must be installed for the program to be there; null when it doesn't say. */
  readonly tryExec: string | null
  readonly icon: string | null
  readonly mimeTypes: readonly string[]
  /** It is not to stand in menus, but may open files. */
  readonly noDisplay: boolean
}

/** Lines of groups and keys; a later group of the same name adds nothing (Desktop Entry Specification 1.5, chapter 3). */
export type KeyFile = ReadonlyMap<string, ReadonlyMap<string, string>>

const MOST_LINES = 20_000

/** Reads the groups of a desktop entry or of `mimeapps.list`. Lines that mean nothing are left out. */
export function parseKeyFile(text: string): KeyFile {
  const groups = new Map<string, Map<string, string>>()
  let group: Map<string, string> | null = null
  for (const line of text.split('\n', MOST_LINES)) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    if (trimmed.startsWith('[') && trimmed.endsWith(']')) {
      const name = trimmed.slice(1, -1)
      group = groups.has(name) ? null : new Map()
      if (group !== null) groups.set(name, group)
      continue
    }
    const equals = trimmed.indexOf('=')
    if (equals <= 0 || group === null) continue
    const key = trimmed.slice(0, equals).trimEnd()
    if (!group.has(key)) group.set(key, trimmed.slice(equals + 1).trimStart())
  }
  return groups
}

/**
 * The program that a desktop entry describes, named in the language of `locale` (such as `de_AT`) where it has such a name.
 * @returns `hidden` for an entry that says that there is no such program, null for what can't open files: a link, a folder, what
 * needs a terminal, what has no command line
 */
export function programOf(file: KeyFile, locale: string): DesktopProgram | 'hidden' | null {
  const entry = file.get('Desktop Entry')
  if (entry === undefined) return null
  if (entry.get('Hidden') === 'true') return 'hidden'
  const name = localized(entry, 'Name', locale)
  const exec = entry.get('Exec')
  if (entry.get('Type') !== 'Application' || name === null || exec === undefined) return null
  if (entry.get('Terminal') === 'true') return null
  return {
    name,
    exec: unescaped(exec),
    tryExec: textOf(entry, 'TryExec'),
    icon: textOf(entry, 'Icon'),
    mimeTypes: listOf(entry.get('MimeType')),
    noDisplay: entry.get('NoDisplay') === 'true',
  }
}

/** The values of a list, which are separated by semicolons. */
export function listOf(value: string | undefined): string[] {
  return (value ?? '').split(';').flatMap((one) => one.trim() || [])
}

/** `lang_COUNTRY@MODIFIER` in the order in which the specification (chapter 5) looks for it; the modifier is left out. */
function localized(entry: ReadonlyMap<string, string>, key: string, locale: string): string | null {
  const [language = ''] = locale.split('_')
  const found = entry.get(`${key}[${locale}]`) ?? entry.get(`${key}[${language}]`) ?? entry.get(key)
  return found === undefined || found === '' ? null : unescaped(found)
}

function textOf(entry: ReadonlyMap<string, string>, key: string): string | null {
  const value = entry.get(key)
  return value === undefined || value === '' ? null : unescaped(value)
}

const ESCAPES: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' }

/** The escapes of string values (chapter 4). What is no escape stays as it is. */
function unescaped(value: string): string {
  return value.replace(/\\(.)/gs, (whole, letter: string) => ESCAPES[letter] ?? whole)
}
