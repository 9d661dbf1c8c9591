import { xmpNamespaces } from '../carriers/xmpNamespaces.ts'
import { xmpProperties } from '../carriers/xmpProperties.ts'
import { type Json, plainText, plainTexts } from './boundedJson.ts'

/** The values of XMP properties by the name that everyone writes for them: `dc:title`. Never without a value. */
export type XmpFacts = ReadonlyMap<string, readonly string[]>

const prefixes: ReadonlyMap<string, string> = new Map([...xmpNamespaces].map(([prefix, uri]) => [uri, prefix]))
/** Wrapping, and what editors write for themselves: histories and identifiers. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['', 'rdf', 'x', 'xml', 'xmpMM', 'xmpNote', 'stEvt'])
/** One text in several languages, the default first. */
const IN_LANGUAGES: ReadonlySet<string> = new Set([
  'dc:title',
  'dc:description',
  'dc:rights',
  'xmpRights:UsageTerms',
  'exif:UserComment',
])
const MAX_SHOWN = 200

/** The properties of packets; of one that several packets (or structures in one) have, the first. Never throws. */
export function xmpFacts(packets: readonly string[]): XmpFacts {
  const found = new Map<string, readonly string[]>()
  for (const packet of packets) {
    for (const { namespace, name, values } of xmpProperties(packet)) {
      const prefix = prefixes.get(namespace)
      const key = `${prefix ?? ''}:${name}`
      if (prefix !== undefined && values.length > 0 && !found.has(key)) found.set(key, values)
    }
  }
  return found
}

/** As plain JSON: a text, or a list of texts; bounded in number and length. */
export function xmpJson(facts: XmpFacts): Record<string, Json> {
  const json: Record<string, Json> = {}
  let count = 0
  for (const [key, values] of facts) {
    if (NOT_SHOWN.has(key.slice(0, key.indexOf(':')))) continue
    if (count++ >= MAX_SHOWN) break
    const texts = plainTexts(IN_LANGUAGES.has(key) ? values.slice(0, 1) : values)
    const [first] = texts
    if (first !== undefined) json[key.slice(0, 100)] = texts.length === 1 ? first : texts
  }
  return json
}

/** The first of these properties that says something, as text. */
export function xmpText(facts: XmpFacts, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const text = plainText(facts.get(key)?.[0])
    if (text !== null) return text
  }
  return null
}

/** A number, written as a decimal or as the fraction that EXIF properties are (`28/10`). Null for anything else. */
export function xmpNumber(facts: XmpFacts, ...keys: readonly string[]): number | null {
  for (const key of keys) {
    const match = /^([+-]?\d{1,15}(?:\.\d{1,15})?)(?:\/(\d{1,15}))?$/.exec(xmpText(facts, key) ?? '')
    if (match === null) continue
    const value = Number(match[1]) / Number(match[2] ?? 1)
    if (Number.isFinite(value)) return value
  }
  return null
}
