import { type PageLine, plainLine, type Run } from './pageLine.ts'

const HEADINGS = [
  { size: 40, leading: 48, above: 14 },
  { size: 30, leading: 38, above: 12 },
  { size: 24, leading: 32, above: 10 },
] as const

/**
 * The lines of a Markdown document, as far as a small page shows them: front matter is left out; headings, lists,
 * quotations, rules and code are set apart; marks inside of a line are taken off. Source: CommonMark 0.31, section 4.
 */
export function markdownLines(source: readonly string[]): PageLine[] {
  const lines: PageLine[] = []
  let fence: string | null = null
  let paragraph = ''
  const endParagraph = () => {
    if (paragraph !== '') lines.push(plainLine(inlineText(paragraph), 10))
    paragraph = ''
  }
  for (const [index, line] of withoutFrontMatter(source).entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null
      else lines.push(code(line, lines))
      continue
    }
    if (mark !== undefined) {
      endParagraph()
      fence = mark
      continue
    }
    const block = blockLine(line, paragraph === '', lines)
    if (block !== null) {
      endParagraph()
      lines.push(index === 0 ? { ...block, above: 0 } : block)
    } else if (line.trim() === '') endParagraph()
    else paragraph = paragraph === '' ? line.trim() : `${paragraph} ${line.trim()}`
  }
  endParagraph()
  return lines
}

/** The first heading, or null. */
export function markdownTitle(source: readonly string[]): string | null {
  for (const line of withoutFrontMatter(source)) {
    const text = /^ {0,3}#{1,6}[ \t]+(.*)$/.exec(line)?.[1]
    if (text !== undefined && inlineText(text).trim() !== '') return inlineText(text).replace(/\s#+\s*$/, '')
  }
  return null
}

function withoutFrontMatter(source: readonly string[]): readonly string[] {
  if (source[0]?.trimEnd() !== '---') return source
  const end = source.findIndex((line, index) => index > 0 && /^(---|\.\.\.)\s*$/.test(line))
  return end < 0 ? source : source.slice(end + 1)
}

function blockLine(line: string, atStart: boolean, before: readonly PageLine[]): PageLine | null {
  const [, hashes, heading] = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(line) ?? []
  if (hashes !== undefined) {
    const style = HEADINGS[Math.min(hashes.length, HEADINGS.length) - 1] ?? HEADINGS[2]
    const text = inlineText((heading ?? '').replace(/\s#+\s*$/, ''))
    return { runs: [{ text, tone: 'ink' }], face: 'text', bold: true, wrap: true, ...style }
  }
  if (/^ {0,3}([-*_])[ \t]*(\1[ \t]*){2,}$/.test(line)) return { ...plainLine(''), ground: 'rule' }
  const quote = /^ {0,3}>[ ]?(.*)$/.exec(line)?.[1]
  if (quote !== undefined) {
    return {
      ...plainLine(inlineText(quote)),
      runs: [{ text: inlineText(quote), tone: 'soft' }],
      ground: 'quote',
      indent: 22,
    }
  }
  const [, space, bullet, item] = /^( {0,12}|\t{0,3})([-*+]|\d{1,9}[.)])[ \t]+(.*)$/.exec(line) ?? []
  if (bullet !== undefined && space !== undefined && item !== undefined) return listItem(space, bullet, item)
  if (atStart && /^( {4}|\t)/.test(line)) return code(line.replace(/^( {4}|\t)/, ''), before)
  if (/^ {0,3}\|/.test(line)) return tableRow(line)
  return null
}

function listItem(space: string, bullet: string, item: string): PageLine {
  const level = Math.min(3, Math.floor(space.replaceAll('\t', '    ').length / 2))
  const box = /^\[([ xX])\][ \t]+(.*)$/.exec(item)
  const marker = box === null ? (/\d/.test(bullet) ? bullet : '•') : box[1] === ' ' ? '–' : '•'
  const text = inlineText(box?.[2] ?? item)
  return { ...plainLine(text, 3), runs: [{ text, tone: 'ink' }], indent: 26 + level * 22, marker }
}

function tableRow(line: string): PageLine | null {
  if (/^[\s|:-]+$/.test(line)) return { ...plainLine(''), ground: 'rule', leading: 12 }
  const cells = line
    .replace(/^\s*\|/, '')
    .replace(/\|\s*$/, '')
    .split('|')
  return { ...plainLine(cells.map((cell) => inlineText(cell.trim())).join('    ')), wrap: false }
}

function code(line: string, before: readonly PageLine[]): PageLine {
  const above = before.at(-1)?.ground === 'code' ? 0 : 10
  const runs: Run[] = [{ text: line, tone: 'ink' }]
  return { runs, face: 'mono', size: 16, leading: 25, ground: 'code', indent: 14, wrap: false, above }
}

/** The words of a line: links and pictures become their text, marks of emphasis and code disappear. */
function inlineText(line: string): string {
  return line
    .slice(0, 2000)
    .replaceAll(/!?\[([^[\]]{0,300})\]\([^()\s]{0,500}(?:\s"[^"]{0,200}")?\)/g, '$1')
    .replaceAll(/<\/?[a-z][^<>]{0,300}>/gi, '')
    .replaceAll(/(\*{1,3}|_{2,3}|~~|`{1,3})(?=\S)([^*_~`]{1,500}?)\1/g, '$2')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
}
