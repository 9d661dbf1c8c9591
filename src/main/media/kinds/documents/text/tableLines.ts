import type { PageLine } from './pageLine.ts'

const ROWS = 40
const COLUMNS = 12
const CELL_LIMIT = 60
const WIDTHS = { least: 3, most: 22 }

/**
 * The first rows of comma- or tab-separated values as a table with aligned columns, its first row set apart.
 * Source: RFC 4180; separators are guessed among those that spreadsheets write.
 */
export function tableLines(text: string, separator: string | null): PageLine[] {
  const rows = cellsOf(text, separator ?? guessed(text))
  const widths = Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, column) =>
    Math.min(WIDTHS.most, Math.max(WIDTHS.least, ...rows.map((row) => [...(row[column] ?? '')].length))),
  )
  return rows.map((row, index) => ({
    runs: [
      {
        text: row.map((cell, column) => padded(cell, widths[column] ?? 0)).join('  '),
        tone: index === 0 ? 'accent' : 'ink',
      },
    ],
    face: 'mono',
    size: 16,
    leading: 29,
    ...(index === 0 ? { ground: 'head' as const, bold: true } : {}),
    wrap: false,
  }))
}

function padded(cell: string, width: number): string {
  const letters = [...cell]
  return letters.length > width ? `${letters.slice(0, width - 1).join('')}…` : cell + ' '.repeat(width - letters.length)
}

function guessed(text: string): string {
  const [line = ''] = text.split('\n', 1)
  const counts = [',', ';', '\t', '|'].map((separator) => ({ separator, count: line.split(separator).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).separator
}

function cellsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const endCell = () => {
    const row = rows.at(-1)
    if (row !== undefined && row.length < COLUMNS) row.push(cell.replaceAll(/\s+/g, ' ').trim())
    cell = ''
  }
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (quoted) {
      if (character !== '"') cell = cell.length < CELL_LIMIT ? cell + character : cell
      else if (text.charAt(index + 1) === '"') cell += text.charAt(index++)
      else quoted = false
    } else if (character === '"' && cell === '') quoted = true
    else if (character === separator) endCell()
    else if (character === '\n') {
      endCell()
      if (rows.length === ROWS) return rows
      rows.push([])
    } else if (character !== '\r' && cell.length < CELL_LIMIT) cell += character
  }
  endCell()
  return rows.filter((row) => row.length > 1 || row[0] !== '')
}
