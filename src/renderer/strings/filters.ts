import type { FacetKind } from '../../shared/domain/facet.ts'
import type { FieldName } from '../../shared/domain/search/searchFields.ts'
import { counted, countText } from './quantities.ts'

/** What the values of a facet are called together. */
export const facetNames: Readonly<Record<FacetKind, string>> = {
  type: 'Type',
  tag: 'Tag',
  collection: 'Collection',
  model: 'Model',
  generator: 'Generator',
  year: 'Year',
  rating: 'Rating',
  label: 'Label',
  extension: 'Extension',
}

const typeNames: Readonly<Record<string, string>> = {
  image: 'Pictures',
  video: 'Films',
  audio: 'Sounds',
  document: 'Documents',
  model: '3D models',
  font: 'Fonts',
  other: 'Other files',
}

const operators: Readonly<Record<string, string>> = { ':': '', '=': '', '>': '>', '>=': '≥', '<': '<', '<=': '≤' }

/** Words of the filters: the chips of what a search asks for, and the panel that adds to it. */
export const filters = {
  open: 'Filter',
  conditions: (count: number) => (count === 1 ? ' condition' : ' conditions'),
  panel: 'Filter what is shown',
  kinds: 'Filter by',
  chips: 'Conditions of the search',
  remove: (condition: string) => `Remove ${condition}`,
  removeAll: 'Clear all',
  states: 'State',
  valueName: (kind: FacetKind, name: string) => {
    if (kind === 'type') return typeNames[name] ?? name
    if (kind === 'rating') return name === '0' ? 'No rating' : '★'.repeat(Number(name))
    if (kind === 'label') return name.charAt(0).toUpperCase() + name.slice(1)
    if (kind === 'extension') return name === '' ? 'None' : name.toUpperCase()
    return name
  },
  /** For screen readers, for which stars are no words. */
  starsAloud: (stars: number) => counted(stars, 'star', 'stars'),
  /** Said after the number. */
  countedThings: (count: number) => (count === 1 ? ' asset' : ' assets'),
  leftOut: ', left out',
  /** `Has notes`, `Untagged`: from the words of the language. */
  stateName: (field: 'is' | 'has' | 'aspect', value: string, explanation: string) => {
    if (field === 'has') return `Has ${explanation === '' ? value : explanation}`
    const word = value === 'favorite' ? 'Favourite' : value.charAt(0).toUpperCase() + value.slice(1)
    return explanation === '' ? word : `${word}: ${explanation}`
  },
  find: (kind: string) => `Find a ${kind.toLowerCase()}`,
  noneOf: 'Nothing of what is shown has one.',
  noMatch: (typed: string) => `No name has “${typed}” in it.`,
  more: (count: number) => `${countText(count)} more; write a part of the name to find them`,
  moreStill: (count: number) => `${countText(count)} more are rarer; the search field finds them all`,
  exclude: 'Alt-click leaves out',
  total: (count: number) => counted(count, 'asset', 'assets'),
  failed: 'The values could not be counted.',
  retry: 'Try again',
  showMistake: 'Show where',
  condition: (field: FieldName, operator: string, value: string, denied: boolean) => {
    const sign = operators[operator] ?? operator
    return `${denied ? 'not ' : ''}${field} ${sign === '' ? '' : `${sign} `}${value}`
  },
  operator: (operator: string) => operators[operator] ?? operator,
  not: 'not',
} as const
