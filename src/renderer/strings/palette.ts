/** Words of the command palette. */
export const palette = {
  title: 'Command palette',
  search: 'A command, place, collection or tag',
  list: 'What fits',
  goOn: 'There is more. Go on typing.',
  searchFor: (typed: string) => `Search for “${typed}”`,
  collection: 'Collection',
  tag: 'Tag',
  searched: 'Searched lately',
} as const
