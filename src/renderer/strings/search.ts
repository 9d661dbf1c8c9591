import { counted, countText } from './quantities.ts'

/** Words of the search field: what it offers, what is wrong with a search, and the guide to its language. */
export const search = {
  searchIn: (place: string) => `Search ${place}`,
  clear: 'Clear the search',
  offers: 'What can be written here',
  recent: 'Recent searches',
  forget: 'Clear recent searches',
  fields: 'Fields',
  values: 'Values',
  keys: { choose: 'choose', accept: 'take over', search: 'search' },
  found: (count: number) => countText(count),
  foundAloud: (count: number) => counted(count, 'asset', 'assets'),
  /** The place of a mistake, said before its message. */
  at: (excerpt: string) => `“${excerpt}”`,

  guide: 'How to search',
  guideIntro: 'Words are enough. Everything else is there when words are not; click an example to try it.',
  guideIntroShort: 'Words, or fields such as tag:landscape and rating>=4.',
  guideFields: 'All fields',
  tryExample: (example: string) => `Try ${example}`,
  guideParts: [
    {
      title: 'Words',
      lines: [
        { example: 'harbour dusk', meaning: 'both words, in titles, file names, prompts, tags and notes' },
        { example: '"low fog"', meaning: 'these words in this order' },
        { example: 'dusk -rain', meaning: 'the first without the second' },
        { example: '(dawn or dusk) harbour', meaning: 'one of the two, and the third' },
        { example: '*ight*', meaning: 'inside of words: night, light' },
      ],
    },
    {
      title: 'Fields',
      lines: [
        { example: 'tag:landscape', meaning: 'a tag, with the tags below it' },
        { example: 'type:video', meaning: 'a kind of file' },
        { example: 'rating>=4', meaning: 'four stars or more' },
        { example: 'is:untagged', meaning: 'what waits to be sorted' },
        { example: 'width:1024..2048', meaning: 'a range, both ends included' },
        { example: '-has:notes', meaning: 'a minus denies a field' },
      ],
    },
    {
      title: 'Times and colours',
      lines: [
        { example: 'imported:today', meaning: 'also yesterday, 7d, 2026-11, "last month"' },
        { example: 'captured:2024..2025', meaning: 'taken in these years' },
        { example: 'color:teal', meaning: 'common in the picture; also #169090' },
      ],
    },
  ],
} as const
