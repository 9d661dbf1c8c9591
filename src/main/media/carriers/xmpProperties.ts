import { type XmlAttribute, xmlTokens } from './xmlTokens.ts'
import { xmpNamespaces } from './xmpNamespaces.ts'

/** One property of an XMP packet. */
export interface XmpProperty {
  /** URI of its namespace; '' if its prefix is neither declared nor known. */
  readonly namespace: string
  /** Without prefix. */
  readonly name: string
  /** Of a simple property the one value; of an array its items, `x-default` first among alternatives in languages. */
  readonly values: readonly string[]
}

/** Deeper elements are skipped; real packets have about ten levels. */
const MAX_DEPTH = 64
/** Namespaces in scope at once; real packets declare about thirty. */
const MAX_NAMESPACES = 256
const MAX_PROPERTIES = 20_000

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const ARRAYS: ReadonlySet<string> = new Set(['Alt', 'Bag', 'Seq'])

/**
 * The properties of an XMP packet in their order, as attributes or as elements, whatever wrapper they stand in. The
 * fields of structures, and of structures in arrays, are listed as properties of their own, each time that they occur;
 * empty ones are left out. Never throws: what is damaged ends or shortens the list.
 * Source: ISO 16684-1 (XMP part 1), section 7.
 */
export function xmpProperties(packet: string): readonly XmpProperty[] {
  const found: XmpProperty[] = []
  const stack: Open[] = []
  let skipped = 0
  for (const token of xmlTokens(packet)) {
    if (found.length >= MAX_PROPERTIES) break
    const top = stack.at(-1)
    if (token.kind === 'text') {
      if (skipped === 0 && top !== undefined && top.hasContent) top.text.push(token.text)
    } else if (token.kind === 'open') {
      if (stack.length >= MAX_DEPTH) {
        if (!token.selfClosing) skipped += 1
        continue
      }
      const element = enter(token.name, token.attributes, top)
      addAttributes(element, token.attributes, found)
      if (token.selfClosing) leave(element, found)
      else stack.push(element)
    } else if (skipped > 0) {
      skipped -= 1
    } else {
      closeTo(stack, token.name, found)
    }
  }
  for (let open = stack.pop(); open !== undefined; open = stack.pop()) {
    // Cut off: a text without its end may be half of what was meant, the items before it are whole.
    open.text.length = 0
    leave(open, found)
  }
  return found
}

type Role = 'outside' | 'node' | 'property' | 'array' | 'item'

/** An element whose end has not come yet. */
interface Open {
  /** As written. */
  readonly tag: string
  readonly namespace: string
  readonly name: string
  readonly role: Role
  readonly scope: Scope | null
  /** Its texts are (part of) a value. */
  readonly hasContent: boolean
  /** Its child elements are properties: a node, or rdf:parseType="Resource". */
  readonly holdsProperties: boolean
  readonly text: string[]
  /** Of the nearest property around it, or its own. */
  readonly values: string[]
  readonly isDefault: boolean
}

interface Scope {
  readonly prefix: string
  readonly uri: string
  readonly size: number
  readonly outer: Scope | null
}

function enter(tag: string, attributes: readonly XmlAttribute[], parent: Open | undefined): Open {
  const scope = declare(attributes, parent?.scope ?? null)
  const { namespace, name } = resolve(tag, scope, true)
  const role = roleOf(namespace, name, parent)
  const isResource = attributes.some(
    (attribute) => attribute.value === 'Resource' && resolve(attribute.name, scope, false).name === 'parseType',
  )
  const isLeaf = role === 'property' || role === 'item'
  return {
    tag,
    namespace,
    name,
    role,
    scope,
    hasContent: isLeaf && !isResource,
    holdsProperties: role === 'node' || (isLeaf && isResource),
    text: [],
    values: role === 'array' || role === 'item' ? (parent?.values ?? []) : [],
    isDefault: role === 'item' && attributes.some(({ name, value }) => name === 'xml:lang' && value === 'x-default'),
  }
}

function roleOf(namespace: string, name: string, parent: Open | undefined): Role {
  if (namespace === RDF && name === 'RDF') return 'outside'
  if (namespace === RDF && name === 'Description') return 'node'
  if (parent === undefined || parent.role === 'outside') {
    return parent?.namespace === RDF && parent.name === 'RDF' ? 'node' : 'outside'
  }
  if (parent.role === 'array') return 'item'
  if (parent.holdsProperties) return 'property'
  // Inside of a property or an item without parseType: an array, or a node of a named type.
  return namespace === RDF && ARRAYS.has(name) ? 'array' : 'node'
}

function declare(attributes: readonly XmlAttribute[], outer: Scope | null): Scope | null {
  let scope = outer
  for (const { name, value } of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    const size = (scope?.size ?? 0) + 1
    if (size <= MAX_NAMESPACES) scope = { prefix: name.slice(6), uri: value, size, outer: scope }
  }
  return scope
}

function resolve(written: string, scope: Scope | null, isElement: boolean): { namespace: string; name: string } {
  const colon = written.indexOf(':')
  const prefix = colon === -1 ? '' : written.slice(0, colon)
  const name = written.slice(colon + 1)
  // The default namespace is for elements only.
  if (prefix === '' && !isElement) return { namespace: '', name }
  for (let entry = scope; entry !== null; entry = entry.outer) {
    if (entry.prefix === prefix) return { namespace: entry.uri, name }
  }
  return { namespace: xmpNamespaces.get(prefix) ?? '', name }
}

/** Attributes of a node, and of an empty property element, are simple properties. */
function addAttributes(element: Open, attributes: readonly XmlAttribute[], found: XmpProperty[]): void {
  if (element.role === 'outside' || element.role === 'array') return
  for (const { name: written, value } of attributes) {
    if (written.startsWith('xmlns') || written.startsWith('xml:')) continue
    const { namespace, name } = resolve(written, element.scope, false)
    if (namespace === RDF || (namespace === '' && RDF_ATTRIBUTES.has(name))) {
      if (name === 'resource' && element.role !== 'node') addValue(element, value)
    } else if (value.trim() !== '') {
      found.push({ namespace, name, values: [value] })
    }
  }
}

/** Written without their prefix by old software. */
const RDF_ATTRIBUTES: ReadonlySet<string> = new Set(['about', 'ID', 'nodeID', 'resource', 'datatype', 'parseType'])

function addValue(element: Open, value: string): void {
  if (value.trim() === '') return
  if (element.isDefault) element.values.unshift(value)
  else element.values.push(value)
}

/** Ends the innermost element of that name and all that was left open in it; an end without a beginning is skipped. */
function closeTo(stack: Open[], tag: string, found: XmpProperty[]): void {
  const index = stack.findLastIndex((open) => open.tag === tag)
  if (index === -1) return
  while (stack.length > index) {
    const open = stack.pop()
    if (open === undefined) return
    const parent = stack.at(-1)
    if (open.namespace === RDF && open.name === 'value' && open.role === 'property') {
      // A value with qualifiers: it belongs to the property around it.
      const owner = parent?.role === 'node' ? stack.at(-2) : parent
      if (owner !== undefined) addValue(owner, open.text.join(''))
    } else {
      leave(open, found)
    }
  }
}

function leave(element: Open, found: XmpProperty[]): void {
  if (element.hasContent) addValue(element, element.text.join(''))
  if (element.role !== 'property' || element.values.length === 0) return
  found.push({ namespace: element.namespace, name: element.name, values: element.values })
}
