/**
 * JSON as generation tools write it: Python's bare `NaN`, `Infinity` and `-Infinity`, line breaks inside strings, a byte
 * order mark in front and NULs behind are accepted.
 *
 * Shape of the result:
 * - `NaN` and the infinities, also of numbers such as `1e999`, are null: they say nothing;
 * - an integer beyond ±(2^53 − 1) is a `bigint`, so that a seed keeps all its digits; one of more than 40 digits, which no
 *   tool writes, is the text of its digits;
 * - an object has no prototype, so that a key such as `__proto__` or `constructor` is a key like any other; of equal keys
 *   the last one counts.
 */
export type LooseJson = null | boolean | number | bigint | string | readonly LooseJson[] | LooseJsonObject

export interface LooseJsonObject {
  readonly [key: string]: LooseJson
}

const maximumDepth = 256
const maximumDigits = 40
/** Largest real workflows have some 100,000 values; what is large beyond that is text in them. */
const maximumValues = 500_000

/** Thrown within this file only, to leave the descent at once. */
class NotJson extends Error {}

/**
 * Reads a whole text as JSON (RFC 8259) with the liberties above. Undefined if it is anything else: prose, JSON that is
 * cut off, JSON followed by something, nesting deeper than 256, or more than 500,000 values. Takes time in proportion to
 * the length.
 */
export function parseLooseJson(text: string): LooseJson | undefined {
  const reader = new Reader(text)
  try {
    const value = reader.value(0)
    return reader.atEnd() ? value : undefined
  } catch (error) {
    if (error instanceof NotJson) return undefined
    throw error
  }
}

export function isJsonObject(value: LooseJson | undefined): value is LooseJsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const words: readonly (readonly [string, LooseJson])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', null],
  ['Infinity', null],
  ['-Infinity', null],
]

const escapes = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

const quote = 0x22
const backslash = 0x5c

class Reader {
  readonly #text: string
  #at: number
  readonly #end: number
  #valuesLeft = maximumValues

  constructor(text: string) {
    this.#text = text
    this.#at = text.charCodeAt(0) === 0xfeff ? 1 : 0
    let end = text.length
    while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1
    this.#end = end
  }

  atEnd(): boolean {
    this.#skipSpace()
    return this.#at === this.#end
  }

  value(depth: number): LooseJson {
    this.#valuesLeft -= 1
    if (depth > maximumDepth || this.#valuesLeft < 0) throw new NotJson()
    this.#skipSpace()
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth)
      case '[':
        return this.#array(depth)
      case '"':
        return this.#string()
      default:
        return this.#word()
    }
  }

  #object(depth: number): LooseJsonObject {
    const object: Record<string, LooseJson> = Object.create(null)
    this.#at += 1
    if (this.#take('}')) return object
    do {
      this.#skipSpace()
      if (this.#text.charCodeAt(this.#at) !== quote) throw new NotJson()
      const key = this.#string()
      if (!this.#take(':')) throw new NotJson()
      object[key] = this.value(depth + 1)
    } while (this.#take(','))
    if (!this.#take('}')) throw new NotJson()
    return object
  }

  #array(depth: number): readonly LooseJson[] {
    const items: LooseJson[] = []
    this.#at += 1
    if (this.#take(']')) return items
    do items.push(this.value(depth + 1))
    while (this.#take(','))
    if (!this.#take(']')) throw new NotJson()
    return items
  }

  #string(): string {
    const start = this.#at + 1
    let escaped = false
    for (let at = start; at < this.#end; at += 1) {
      const code = this.#text.charCodeAt(at)
      if (code === quote) {
        this.#at = at + 1
        const inside = this.#text.slice(start, at)
        return escaped ? unescaped(inside) : inside
      }
      if (code === backslash) {
        escaped = true
        at += 1
      }
    }
    throw new NotJson()
  }

  #word(): LooseJson {
    for (const [word, value] of words) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length
        return value
      }
    }
    return this.#number()
  }

  #number(): LooseJson {
    const start = this.#at
    if (this.#text[this.#at] === '-') this.#at += 1
    const digits = this.#digits()
    let integer = true
    if (this.#text[this.#at] === '.') {
      integer = false
      this.#at += 1
      this.#digits()
    }
    if (this.#text[this.#at] === 'e' || this.#text[this.#at] === 'E') {
      integer = false
      this.#at += 1
      if (this.#text[this.#at] === '-' || this.#text[this.#at] === '+') this.#at += 1
      this.#digits()
    }
    const written = this.#text.slice(start, this.#at)
    if (integer && digits > maximumDigits) return written
    const number = Number(written)
    if (integer && !Number.isSafeInteger(number)) return BigInt(written)
    return Number.isFinite(number) ? number : null
  }

  /** Passes over digits, of which there must be at least one, and returns their number. */
  #digits(): number {
    const start = this.#at
    while (this.#at < this.#end) {
      const code = this.#text.charCodeAt(this.#at)
      if (code < 0x30 || code > 0x39) break
      this.#at += 1
    }
    if (this.#at === start) throw new NotJson()
    return this.#at - start
  }

  #take(character: string): boolean {
    this.#skipSpace()
    if (this.#at >= this.#end || this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #skipSpace(): void {
    while (this.#at < this.#end) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at += 1
    }
  }
}

function unescaped(text: string): string {
  const parts: string[] = []
  let from = 0
  for (let at = text.indexOf('\\'); at !== -1; at = text.indexOf('\\', from)) {
    const letter = text[at + 1] ?? ''
    const plain = escapes.get(letter)
    let length = 2
    if (plain !== undefined) {
      parts.push(text.slice(from, at), plain)
    } else {
      const hex = text.slice(at + 2, at + 6)
      if (letter !== 'u' || !/^[\da-f]{4}$/i.test(hex)) throw new NotJson()
      parts.push(text.slice(from, at), String.fromCharCode(Number.parseInt(hex, 16)))
      length = 6
    }
    from = at + length
  }
  parts.push(text.slice(from))
  return parts.join('')
}
