import type { PageLine, Run, Tone } from './pageLine.ts'

const LINE_LIMIT = 400

/**
 * Lines of code, numbered, with strings, numbers and comments in their own colours: what most languages have in common,
 * and no more than a small page needs.
 */
export function codeLines(source: readonly string[]): PageLine[] {
  return source.map((line, index) => ({
    runs: tinted(line.replaceAll('\t', '  ').slice(0, LINE_LIMIT)),
    face: 'mono',
    size: 17,
    leading: 26,
    indent: 46,
    marker: String(index + 1),
    wrap: false,
  }))
}

/** Strings in quotes, comments to the end of the line, numbers; each alternative ends without looking back. */
const TOKEN =
  /"(?:[^"\\]|\\.)*"?|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`?|\/\/.*$|<!--.*$|^\s*(?:#|\/?\*).*$|\/\*.*?\*\/|\b\d[\w.]*\b/g

function tinted(line: string): Run[] {
  const runs: Run[] = []
  let at = 0
  for (const match of line.matchAll(TOKEN)) {
    if (match.index > at) runs.push({ text: line.slice(at, match.index), tone: 'ink' })
    at = match.index + match[0].length
    // What is named in quotes, as in JSON, is a key.
    const isKey = /^["']/.test(match[0]) && /^\s*:/.test(line.slice(at, at + 20))
    runs.push({ text: match[0], tone: isKey ? 'accent' : toneOf(match[0]) })
  }
  if (at < line.length) runs.push({ text: line.slice(at), tone: 'ink' })
  return runs
}

function toneOf(token: string): Tone {
  if (/^["'`]/.test(token)) return 'string'
  return /^\d/.test(token) ? 'number' : 'comment'
}
