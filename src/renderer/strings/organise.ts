import { counted, countText } from './quantities.ts'

/** Words for what is done with collections and tags. */
export const organise = {
  collections: 'Collections',
  tags: 'Tags',
  archive: 'Archive',
  showSection: (name: string) => `Show ${name}`,
  hideSection: (name: string) => `Hide ${name}`,
  filterTags: 'Filter tags',
  filterCollections: 'Filter collections',
  clearFilter: 'Clear the filter',
  noMatch: (text: string) => `Nothing is named “${text}”.`,
  noTags: 'Give assets tags in the inspector, or make one here.',
  newTag: 'New tag',
  tagName: 'Name of the tag',
  newInside: 'New collection inside',
  newTagInside: 'New tag inside',
  rename: 'Rename',
  describe: 'Name and description…',
  moveTo: 'Move to…',
  duplicate: 'Duplicate',
  toArchive: 'Archive',
  fromArchive: 'Take out of the archive',
  deleteTag: 'Delete tag',
  editTag: 'Name, colour and aliases…',
  color: 'Colour',
  noColor: 'No colour',
  mergeInto: 'Merge into…',
  giveTag: 'Give it to the selection',
  useAsCover: 'Use as cover',

  collectionHint: (name: string, own: number | null, all: number) =>
    own === null
      ? name
      : all > own
        ? `${name}: ${counted(own, 'asset', 'assets')}, ${countText(all)} with what is nested`
        : `${name}: ${counted(own, 'asset', 'assets')}`,
  tagHint: (path: string, assets: number, aliases: readonly string[]) =>
    `${path}: ${counted(assets, 'asset', 'assets')}${aliases.length === 0 ? '' : `. Also found as ${aliases.join(', ')}`}`,

  moveTitle: (name: string) => `Move “${name}”`,
  mergeTitle: (name: string) => `Merge “${name}” into another tag`,
  topLevel: 'Top level',
  findCollection: 'Find a collection',
  findTag: 'Find a tag',
  tooMany: (more: number) => `${countText(more)} more. Type to find them.`,
  nothingFound: 'Nothing is named like that.',

  editTitle: 'Tag',
  describeTitle: 'Collection',
  name: 'Name',
  description: 'Description',
  descriptionHint: 'What it is for, for whom, what is still missing.',
  aliases: 'Also found as',
  aliasesHint: 'Other names, separated by commas. Searching for one of them finds this tag.',
  ownColor: 'Another colour',
  save: 'Save',

  takenTitle: (name: string) => `There is a tag “${name}” already`,
  takenText: (path: string, name: string) =>
    path === name
      ? 'Merging gives all assets of the renamed tag the other one. The old name stays as an alias.'
      : `It is ${path}. Merging gives all assets of the renamed tag that one. The old name stays as an alias.`,
  merge: 'Merge',

  cover: 'Cover',
  withNested: 'With nested',
  withNestedHint: 'Show what is in nested collections too',
  addDescription: 'Add a description',
  arranging: 'Drag pictures to arrange them.',

  colors: {
    red: 'Red',
    orange: 'Orange',
    yellow: 'Yellow',
    green: 'Green',
    teal: 'Teal',
    blue: 'Blue',
    purple: 'Purple',
    pink: 'Pink',
  },
} as const
