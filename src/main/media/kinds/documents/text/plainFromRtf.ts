/** Groups that are not text of the document: fonts, colours, styles, pictures, what is marked as ignorable. */
const SKIPPED =
  /^(fonttbl|colortbl|stylesheet|info|pict|header|footer|generator|listtable|listoverridetable|themedata|object|\*)$/

/**
 * The text of an RTF document, without its form. Source: Rich Text Format Specification 1.9.1, "Conventions of an RTF
 * reader". Groups are counted and not entered, so that no depth is too deep.
 */
export function plainFromRtf(rtf: string): string {
  let text = ''
  let depth = 0
  /** Depth of the outermost group that is being skipped. */
  let skipping: number | null = null
  const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z'])|([{}])|([^\\{}]+)/gi
  /** Characters after `\u` that old readers show instead of it. */
  let instead = 0
  for (const [, word, argument, hex, symbol, brace, plain] of rtf.matchAll(token)) {
    if (brace === '{') depth++
    else if (brace === '}') {
      if (skipping === depth) skipping = null
      depth--
    } else if (skipping !== null) continue
    else if (word !== undefined) {
      if (SKIPPED.test(word)) skipping = depth
      else if (word === 'par' || word === 'line' || word === 'sect' || word === 'page') text += '\n'
      else if (word === 'tab' || word === 'cell') text += '\t'
      else if (word === 'u' && argument !== undefined) {
        text += String.fromCharCode(Number(argument) & 0xffff)
        instead = 1
      }
    } else if (symbol === '*') skipping = depth
    else if (symbol !== undefined)
      text += symbol === '~' ? ' ' : symbol === '\n' ? '\n' : /[\\{}]/.test(symbol) ? symbol : ''
    else if (hex !== undefined) {
      if (instead > 0) instead--
      else text += String.fromCharCode(Number.parseInt(hex, 16))
    } else if (plain !== undefined) {
      const shown = plain.replaceAll(/[\r\n]/g, '')
      text += shown.slice(Math.min(instead, shown.length))
      instead -= Math.min(instead, shown.length)
    }
  }
  return text.toWellFormed()
}
