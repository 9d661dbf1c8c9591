const HIDDEN = '[hidden]'

/** Key names, in JSON, query strings, headers and assignments, whose values are secrets. */
const SECRET_KEY =
  '(?:access_?key_?id|secret_?access_?key|secret_?key|session_?token|password|passphrase|authorization|x-amz-signature|x-amz-credential|x-amz-security-token)'

const PATTERNS: readonly [RegExp, string][] = [
  // An Authorization header has spaces in its value: everything up to the end of the line or string goes.
  [/(authorization["']?\s*[:=]\s*["']?)[^"'\r\n]+/gi, `$1${HIDDEN}`],
  [new RegExp(`(["']?[\\w-]*${SECRET_KEY}["']?\\s*[:=]\\s*["']?)[^\\s"'&,}]+`, 'gi'), `$1${HIDDEN}`],
  // What the ids of AWS access keys look like, wherever they stand.
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN],
  // User and password inside a URL.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]+:[^\s/@]+@/gi, `$1${HIDDEN}@`],
]

/** Text without anything that looks like a key, password or signature, and without the `known` secrets. */
export function redact(text: string, known: Iterable<string> = []): string {
  let result = text
  for (const secret of known) result = result.replaceAll(secret, HIDDEN)
  for (const [pattern, replacement] of PATTERNS) result = result.replace(pattern, replacement)
  return result
}
