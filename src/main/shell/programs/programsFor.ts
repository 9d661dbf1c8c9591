import { accessSync, constants, type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import { type DesktopProgram, type KeyFile, listOf, parseKeyFile, programOf } from './desktopEntry.ts'

/** An installed program. */
export interface Program extends DesktopProgram {
  /** Its desktop file id, such as `org.gimp.GIMP.desktop`. */
  readonly id: string
  /** Absolute path of its desktop entry. */
  readonly entryPath: string
  /** What opens files of this type when nobody asks for another program. */
  readonly isDefault: boolean
}

/** Where programs are described: folders, the first one counts most (XDG Base Directory Specification). */
export interface ProgramPlaces {
  /** `applications` folders. */
  readonly entries: readonly string[]
  /** `mimeapps.list` files. */
  readonly associations: readonly string[]
  /** Where commands are looked for. */
  readonly path: readonly string[]
  readonly locale: string
}

const MOST_ENTRIES = 5_000
const MOST_BYTES = 1024 * 1024
const DEEPEST = 4

/** The places of this computer. */
export function programPlaces(env: NodeJS.ProcessEnv): ProgramPlaces {
  const folders = (value: string | undefined, otherwise: string) =>
    (value || otherwise).split(':').filter((folder) => isAbsolute(folder))
  const data = [
    ...folders(env.XDG_DATA_HOME, join(homedir(), '.local', 'share')).slice(0, 1),
    ...folders(env.XDG_DATA_DIRS, '/usr/local/share:/usr/share'),
  ]
  const config = [
    ...folders(env.XDG_CONFIG_HOME, join(homedir(), '.config')).slice(0, 1),
    ...folders(env.XDG_CONFIG_DIRS, '/etc/xdg'),
  ]
  const entries = data.map((folder) => join(folder, 'applications'))
  const desktops = desktopNames(env.XDG_CURRENT_DESKTOP)
  const lists = [...desktops.map((desktop) => `${desktop}-mimeapps.list`), 'mimeapps.list']
  return {
    entries,
    associations: [...config, ...entries].flatMap((folder) => lists.map((name) => join(folder, name))),
    path: (env.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder)),
    locale: (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').replace(/[.@].*$/s, ''),
  }
}

function desktopNames(value: string | undefined): string[] {
  return (value ?? '').split(':').flatMap((name) => (/^[\w-]+$/.test(name) ? name.toLowerCase() : []))
}

/**
 * The programs that say they can open files of a type, and those a person has given it to: the usual one first, then by name.
 * By the MIME Applications Specification 1.0 and the Desktop Entry Specification. Nothing that these files contain makes it throw.
 */
export function programsFor(mimeType: string, places: ProgramPlaces): Program[] {
  const types = mimeType.startsWith('text/') && mimeType !== 'text/plain' ? [mimeType, 'text/plain'] : [mimeType]
  const { defaults, added, removed } = readAssociations(types, places.associations)
  const programs = readPrograms(places)
  const fits = ({ id, mimeTypes }: Omit<Program, 'isDefault'>) =>
    added.has(id) || (!removed.has(id) && mimeTypes.some((type) => types.includes(type)))
  const installed = programs.filter((program) => fits(program) || defaults.includes(program.id))
  const usual = defaults.find((id) => installed.some((program) => program.id === id))
  return installed
    .map((program) => ({ ...program, isDefault: program.id === usual }))
    .filter(({ noDisplay, isDefault, id }) => !noDisplay || isDefault || added.has(id))
    .toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name))
}

function readAssociations(types: readonly string[], files: readonly string[]) {
  const defaults: string[] = []
  const added = new Set<string>()
  const removed = new Set<string>()
  for (const file of files) {
    const groups = readKeyFile(file)
    if (groups === null) continue
    for (const type of types) {
      defaults.push(...listOf(groups.get('Default Applications')?.get(type)))
      // What an earlier file says of a program counts more than what a later one says.
      for (const id of listOf(groups.get('Added Associations')?.get(type))) if (!removed.has(id)) added.add(id)
      for (const id of listOf(groups.get('Removed Associations')?.get(type))) if (!added.has(id)) removed.add(id)
    }
  }
  return { defaults, added, removed }
}

/** Every installed program; of several with one id the first one, even if it says that there is none. */
function readPrograms({ entries, path, locale }: ProgramPlaces): Omit<Program, 'isDefault'>[] {
  const seen = new Set<string>()
  const programs: Omit<Program, 'isDefault'>[] = []
  for (const folder of entries) {
    for (const { id, path: entryPath } of entriesBelow(folder)) {
      if (seen.has(id)) continue
      if (seen.size >= MOST_ENTRIES) return programs
      seen.add(id)
      const file = readKeyFile(entryPath)
      const program = file === null ? null : programOf(file, locale)
      if (program === null || program === 'hidden') continue
      if (program.tryExec !== null && !canRun(program.tryExec, path)) continue
      programs.push({ ...program, id, entryPath })
    }
  }
  return programs
}

/** Desktop entries with their ids: the path below the folder, its parts joined by hyphens. */
function entriesBelow(folder: string, prefix = '', depth = 0): { id: string; path: string }[] {
  return entriesIn(folder).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return depth < DEEPEST ? entriesBelow(path, `${prefix}${entry.name}-`, depth + 1) : []
    return entry.name.endsWith('.desktop') ? [{ id: `${prefix}${entry.name}`, path }] : []
  })
}

function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).slice(0, MOST_ENTRIES)
  } catch {
    // Most of these folders don't exist on most computers.
    return []
  }
}

function readKeyFile(path: string): KeyFile | null {
  try {
    const { size } = statSync(path)
    return size > MOST_BYTES ? null : parseKeyFile(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

function canRun(program: string, path: readonly string[]): boolean {
  return (isAbsolute(program) ? [program] : path.map((folder) => join(folder, program))).some((candidate) => {
    try {
      accessSync(candidate, constants.X_OK)
      return statSync(candidate).isFile()
    } catch {
      return false
    }
  })
}
