import { parseLooseJson } from './looseJson.ts'

const COMMA = 0x2c
const NEWLINE = 0x0a
const QUOTE = 0x22
const BACKSLASH = 0x5c
/** Longest name of a setting; extensions have names like `ADetailer use separate noise multiplier 2nd`. */
const MAX_NAME_LENGTH = 80
/** A name begins with a letter or digit and has nothing in it that separates, quotes or groups. */
const NAME = /^[\p{L}\p{N}][^,:\n"{}[\]]*$/u

/**
 * Splits `Steps: 20, Sampler: Euler a, Lora hashes: "a: 1, b: 2", Civitai resources: [{…}]` into names and values, in time
 * proportional to the length. Values in quotes are JSON strings, which may hold commas, colons and line breaks; values in
 * brackets are JSON and kept as written. A part without a name belongs to the value before it, since some extensions
 * write commas without quotes. Source: `quote` and `re_param` of AUTOMATIC1111/stable-diffusion-webui's infotext.
 */
export function splitSettings(text: string): readonly (readonly [name: string, value: string])[] {
  const settings: [string, string][] = []
  // Once a bracket has no partner none before it needs to be looked for again.
  let bracketsAreWhole = true
  let at = 0
  for (;;) {
    at = skipSpace(text, at)
    if (at >= text.length) return settings
    const name = readName(text, at)
    if (name === null) {
      const end = endOfPart(text, at)
      const last = settings.at(-1)
      const rest = text.slice(at, end).trim()
      if (last !== undefined && rest !== '') last[1] = last[1] === '' ? rest : `${last[1]}, ${rest}`
      at = end + 1
      continue
    }
    let value: { text: string; end: number } | null = null
    const first = text[name.end]
    if (first === '"') value = readQuoted(text, name.end)
    else if ((first === '{' || first === '[') && bracketsAreWhole) {
      value = readBrackets(text, name.end)
      if (value === null) bracketsAreWhole = false
    }
    const end = endOfPart(text, value?.end ?? name.end)
    settings.push([name.name, value === null ? text.slice(name.end, end).trim() : value.text])
    at = end + 1
  }
}

/**
 * The name that begins here, and where its value begins; null if there is none before the next comma or line break.
 * `https://…` and `12:30` are no names.
 */
function readName(text: string, start: number): { name: string; end: number } | null {
  const colon = indexWithin(text, ':', start, MAX_NAME_LENGTH)
  if (colon === -1) return null
  const name = text.slice(start, colon).trimEnd()
  if (!NAME.test(name)) return null
  let end = colon + 1
  const next = text.charAt(end)
  const isFollowed = next === '' || ' \t\n,"{['.includes(next) || (/\d/.test(next) && !/^\d/.test(name))
  if (!isFollowed) return null
  while (end < text.length && (text[end] === ' ' || text[end] === '\t')) end += 1
  return { name, end }
}

function indexWithin(text: string, character: string, from: number, length: number): number {
  const index = text.slice(from, from + length + 1).indexOf(character)
  return index === -1 ? -1 : from + index
}

/** Position of the comma or line break that ends the part, or the end. */
function endOfPart(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) !== COMMA && text.charCodeAt(at) !== NEWLINE) at += 1
  return at
}

function readQuoted(text: string, start: number): { text: string; end: number } | null {
  const end = endOfString(text, start)
  if (end === null) return null
  const value = parseLooseJson(text.slice(start, end))
  return { text: typeof value === 'string' ? value : text.slice(start + 1, end - 1), end }
}

/** Behind the quote that closes the string which begins here. */
function endOfString(text: string, start: number): number | null {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at + 1
    if (code === BACKSLASH) at += 1
  }
  return null
}

function readBrackets(text: string, start: number): { text: string; end: number } | null {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]
    if (character === '"') {
      const end = endOfString(text, at)
      if (end === null) return null
      at = end - 1
    } else if (character === '{' || character === '[') {
      depth += 1
    } else if (character === '}' || character === ']') {
      depth -= 1
      if (depth === 0) return { text: text.slice(start, at + 1), end: at + 1 }
    }
  }
  return null
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1
  return at
}
