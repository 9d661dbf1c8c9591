/** UTF-16 units of a prompt that a label shows. */
const SHOWN = 40

/** The beginning of a prompt, quoted, on one line. */
export function promptLabel(prompt: string): string {
  const line = prompt
    .slice(0, SHOWN * 4)
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= SHOWN) return `“${line}”`
  const cut = line.slice(0, SHOWN).toWellFormed().replace(/�$/, '')
  return `“${cut.trimEnd()}…”`
}
