import { pathToFileURL } from 'node:url'
import type { DesktopProgram } from './desktopEntry.ts'

/**
 * The command line of a desktop entry for one file, as arguments: quoting and field codes by the Desktop Entry Specification 1.5,
 * chapter 7. A program that doesn't say where the file belongs gets it at the end.
 * @param entryPath where the entry was found
 * @returns null for a command line that can't be understood
 */
export function commandLine(
  { exec, name, icon }: Pick<DesktopProgram, 'exec' | 'name' | 'icon'>,
  path: string,
  entryPath: string,
): readonly [program: string, ...args: string[]] | null {
  const words = splitWords(exec)
  // What is started is a program, and never the file itself.
  if (words === null || /%[fFuU]/.test(words[0]?.quoted ? '' : (words[0]?.text ?? ''))) return null
  let given = false
  const expanded = words.flatMap(({ text, quoted }): string[] => {
    if (quoted) return [text]
    if (text === '%i') return icon === null ? [] : ['--icon', icon]
    let empty = text === ''
    const argument = text.replace(/%(.)/gs, (_, code: string) => {
      switch (code) {
        case '%':
          return '%'
        case 'f':
        case 'F':
          given = true
          return path
        case 'u':
        case 'U':
          given = true
          return pathToFileURL(path).href
        case 'c':
          return name
        case 'k':
          return entryPath
        default:
          // Deprecated codes stand for nothing, and so does what nobody has given a meaning.
          empty ||= text.length === 2
          return ''
      }
    })
    return empty ? [] : [argument]
  })
  const [program, ...args] = given ? expanded : [...expanded, path]
  return program === undefined || program === '' || expanded.length === 0 ? null : [program, ...args]
}

interface Word {
  readonly text: string
  /** In such a one field codes mean nothing. */
  readonly quoted: boolean
}

/** Words between blanks; in double quotes a backslash takes the meaning from `"`, `` ` ``, `$` and itself. */
function splitWords(exec: string): Word[] | null {
  const words: Word[] = []
  let text = ''
  let quoted = false
  let inside = false
  let begun = false
  for (let at = 0; at < exec.length; at++) {
    const letter = exec[at] ?? ''
    if (inside) {
      if (letter === '"') inside = false
      else if (letter === '\\' && /["`$\\]/.test(exec[at + 1] ?? '')) text += exec[++at] ?? ''
      else text += letter
    } else if (letter === '"') {
      inside = true
      quoted = true
      begun = true
    } else if (letter === ' ' || letter === '\t') {
      if (begun) words.push({ text, quoted })
      text = ''
      quoted = false
      begun = false
    } else {
      text += letter
      begun = true
    }
  }
  if (inside) return null
  if (begun) words.push({ text, quoted })
  return words
}
