/** Addresses of more pictures than this are not fetched in one go. */
const MOST = 50
/** Pictures may stand in what is dragged as a whole, and then it is long. */
const LONGEST_HTML = 50_000_000

/** Whether what is dragged over the window may come in: files, or the address of something on the web. */
export function bringsSomething(types: readonly string[]): boolean {
  return types.includes('Files') || types.includes('text/uri-list')
}

/**
 * Addresses of the pictures that a browser lets somebody drag. A browser describes what is dragged as the markup of the page, and
 * gives the address of the picture or, for one that is a link, of where that leads.
 * @param html markup of what is dragged, '' for none
 * @param list addresses, a line each (text/uri-list, RFC 2483)
 */
export function webAddresses(html: string, list: string): string[] {
  const links = list.split(/\r?\n/).filter((line) => !line.startsWith('#') && isOfWeb(line))
  const pictures = html === '' || html.length > LONGEST_HTML ? [] : picturesIn(html)
  // Text with pictures in it is a piece of a page, and nobody means its pictures.
  if (pictures.length > 1 && links.length === 0) return []
  return [...new Set(pictures.length > 0 ? pictures : links)].slice(0, MOST)
}

/** Longer texts are not addresses that somebody copied. */
const LONGEST_TEXT = 100_000
const LONGEST_ADDRESS = 8_192

/** Addresses of the web that a text consists of, one a line; none for a text that says anything else. */
export function addressesOfText(text: string): string[] {
  if (text.length > LONGEST_TEXT) return []
  const lines = text.split(/\r?\n/).flatMap((line) => line.trim() || [])
  const isAddress = (line: string) =>
    line.length <= LONGEST_ADDRESS && /^https?:\/\/\S+$/i.test(line) && URL.canParse(line)
  return lines.length <= MOST && lines.every(isAddress) ? [...new Set(lines)] : []
}

function picturesIn(html: string): string[] {
  // Nothing of such a document is loaded or run.
  const page = new DOMParser().parseFromString(html, 'text/html')
  return [...page.querySelectorAll('img')].flatMap((image) => {
    const source = image.getAttribute('src') ?? ''
    return isOfWeb(source) ? source : []
  })
}

function isOfWeb(address: string): boolean {
  return /^(https?:\/\/|data:image\/)/i.test(address)
}
