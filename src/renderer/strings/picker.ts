/** Words of the collection picker. */
export const picker = {
  titleKeep: 'Keep into a collection',
  titleAdd: 'Add to a collection',
  search: 'Find or create a collection',
  create: (name: string) => `Create “${name}”`,
  none: 'Type a name to create the first collection.',
  hint: 'Enter to add',
} as const
