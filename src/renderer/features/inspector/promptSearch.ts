/** As much of a prompt as the search field takes without becoming a page (characters). */
const SEARCHED = 200

/** The beginning of a prompt as a phrase that finds it: one line, whole words. */
export function promptSearch(prompt: string): string {
  const line = prompt.trim().replace(/\s+/g, ' ')
  if (line.length <= SEARCHED) return line
  const end = line.lastIndexOf(' ', SEARCHED)
  return line.slice(0, end > 0 ? end : SEARCHED)
}
