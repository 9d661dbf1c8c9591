import { counted } from './quantities.ts'

/** Words of smart collections: collections that a search fills. */
export const smart = {
  save: 'Save as smart collection…',
  newTitle: 'New smart collection',
  editTitle: (name: string) => `What fills “${name}”`,
  intro: 'It always holds the kept assets that this search finds.',
  name: 'Name',
  query: 'Search',
  create: 'Create',
  change: 'Change',
  counting: 'Counting…',
  holds: (assets: number) => `Holds ${counted(assets, 'asset', 'assets')} now`,
  unnamed: 'Give it a name.',
  noQuery: 'A smart collection needs a search.',
  edit: 'Edit the search…',
  freeze: 'Make it an ordinary collection',
  broken: (reason: string) => `Its search finds nothing: ${reason}`,
  brokenShort: 'The search of this collection needs to be mended',
  mend: 'Mend the search…',
  emptyTitle: (name: string) => `Nothing is in “${name}” now`,
  emptyText: 'What is kept and found by its search shows here by itself.',
} as const
