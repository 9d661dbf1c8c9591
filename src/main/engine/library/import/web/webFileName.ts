import { safeName } from '../../../../../shared/domain/namePattern.ts'

const MOST_LETTERS = 200

/**
 * A name for what an address gave: the one that the server proposes (RFC 6266), else the last part of the path, else `picture`. An
 * ending that says nothing of a file is left away; the import gives it the one that its content has.
 */
export function webFileName(address: string, disposition: string | undefined): string {
  const proposed = proposedName(disposition ?? '')
  const path = URL.parse(address)?.pathname ?? ''
  const last = /^data:/i.test(address) ? '' : decoded(path.slice(path.lastIndexOf('/') + 1))
  const name = safeName((proposed ?? last).slice(0, MOST_LETTERS)).replace(/\.(php|aspx?|jsp|cgi|html?)$/i, '')
  return name === 'unnamed' || name === '' ? 'picture' : name
}

function proposedName(disposition: string): string | null {
  if (disposition.length > 2000) return null
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition)?.[1]
  if (extended !== undefined) return lastPart(decoded(extended))
  const plain = /;\s*filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(disposition)
  return plain === null ? null : lastPart(plain[1] ?? plain[2] ?? '')
}

/** A server may propose a name, and not a place. */
function lastPart(name: string): string {
  return name.split(/[/\\]/).at(-1) ?? ''
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Its escapes are of another encoding.
    return text
  }
}
