import { describe, expect, it } from 'vitest'
import { element, endless, simpleTag } from './fixtures/makeMatroska.ts'
import { expectToSurvive, textsIn } from './fixtures/survive.ts'

const head = element(0x1a45dfa3, element(0x4282, 'webm'))
const info = element(0x1549a966, element(0x7ba9, 'A title\0\0'))
const tags = element(
  0x1254c367,
  element(
    0x7373,
    element(0x63c0),
    simpleTag('PROMPT', '{"prompt":"猫"}'),
    simpleTag('WORKFLOW', '{}', simpleTag('PART', 'x')),
  ),
)
const cluster = element(0x1f43b675, element(0xa3, Buffer.alloc(300, 0x1f)))
const expected = { title: 'A title', PROMPT: '{"prompt":"猫"}', WORKFLOW: '{}', 'WORKFLOW/PART': 'x' }

describe('a Matroska or WebM file', () => {
  it('gives its title and tags, before or behind the clusters', () => {
    expect(textsIn(Buffer.concat([head, element(0x18538067, info, tags, cluster)]))).toEqual(expected)
    expect(textsIn(Buffer.concat([head, element(0x18538067, info, cluster, cluster, tags)]))).toEqual(expected)
  })

  it('is read where a recorder did not know the lengths', () => {
    const live = endless(0x18538067, info, endless(0x1f43b675, element(0xa3, 'abc')), cluster, tags)
    expect(textsIn(Buffer.concat([head, live]))).toEqual(expected)
  })

  it.each([
    [
      'tags in tags without end',
      Array.from({ length: 200 }).reduce<Buffer>((inner) => element(0x67c8, inner), Buffer.alloc(0)),
    ],
    [
      'a text beyond the file',
      element(0x67c8, element(0x45a3, 'A'), Buffer.from([0x44, 0x87, 0x08, 0xff, 0xff, 0xff, 0xff])),
    ],
    ['an id that is none', Buffer.alloc(20)],
  ])('is read as far as it goes: %s', (_, content) => {
    const bytes = Buffer.concat([head, element(0x18538067, info, element(0x1254c367, element(0x7373, content)))])
    expect(textsIn(bytes)).toEqual({ title: 'A title' })
  })

  it('is read whatever has happened to it', () => {
    expectToSurvive(Buffer.concat([head, element(0x18538067, info, cluster, tags)]))
    expectToSurvive(Buffer.concat([head, endless(0x18538067, info, endless(0x1f43b675, element(0xa3, 'abc')), tags)]))
  })
})
