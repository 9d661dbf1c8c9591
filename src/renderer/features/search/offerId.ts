/** The id of a line of the offers, which the input points at while the line is chosen. */
export function offerId(listId: string, index: number): string {
  return `${listId}-${index}`
}
