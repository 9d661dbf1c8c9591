/** The tags in a line that a person typed or pasted: split at commas, trimmed, without blanks or repeats. */
export function typedTags(text: string): readonly string[] {
  return [...new Set(text.split(',').map((part) => part.trim().replace(/\s+/g, ' ')))].filter((part) => part !== '')
}
