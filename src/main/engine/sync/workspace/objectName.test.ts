import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localName, readObjectKey } from './objectName.ts'

const refused = { kind: 'refused', message: expect.stringContaining(' ') }

describe('the key of an object', () => {
  it('names its job by the first folder and its file by the last part', () => {
    expect(readObjectKey('user/', 'user/job 7/out.png')).toEqual({ kind: 'file', job: 'job 7', fileName: 'out.png' })
    expect(readObjectKey('user/', 'user/job/a/b/out.png')).toEqual({ kind: 'file', job: 'job', fileName: 'out.png' })
    expect(readObjectKey('user/', 'user/out.png')).toEqual({ kind: 'file', job: null, fileName: 'out.png' })
    expect(readObjectKey('', 'job/out.png')).toEqual({ kind: 'file', job: 'job', fileName: 'out.png' })
  })

  it('is ignored when it only marks a folder or tests the connection', () => {
    for (const key of ['user/', 'user/job/', 'user/connection-test-1', 'user/connection-test-1/part']) {
      expect(readObjectKey('user/', key)).toEqual({ kind: 'ignored' })
    }
  })

  it.each([
    ['another owner’s', 'other/job/a.png'],
    ['a way up', 'user/../../etc/passwd'],
    ['a way to itself', 'user/./a.png'],
    ['an empty folder', 'user//a.png'],
    ['a backslash', 'user/job/..\\..\\a.png'],
    ['a control character', 'user/job/a\u0000.png'],
    ['a line separator', 'user/job/a\u2028.png'],
    ['a turned direction', 'user/job/gnp.\u202eexe'],
    ['half a character', 'user/job/a\ud800.png'],
    ['a very long name', `user/job/${'a'.repeat(300)}.png`],
    ['a very long key', `user/${'a/'.repeat(600)}b.png`],
    ['very many folders', `user/${'a/'.repeat(20)}b.png`],
  ])('is refused, with the reason, for %s', (_, key) => {
    expect(readObjectKey('user/', key)).toEqual(refused)
  })
})

describe('the local name of a file', () => {
  it('is its own where every system takes that', () => {
    expect(localName('Sunset 01.png')).toBe('Sunset 01.png')
    expect(localName('夕日.webp')).toBe('夕日.webp')
  })

  it('is made safe where it is not', () => {
    expect(localName('a:b?.png')).toBe('a_b_.png')
    expect(localName('con.png')).toBe('_con.png')
    expect(localName('...')).toBe('file')
    expect(localName(`${'long'.repeat(100)}.png`)).toMatch(/^(long){44}\.png$/)
  })

  it('is one plain name of limited length whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const local = localName(name)
        expect(local).toMatch(/^(?!\.{0,2}$)[^\p{Cc}/\\:*?"<>|]+$/u)
        expect(local).not.toMatch(/[. ]$/)
        expect(Buffer.byteLength(local)).toBeLessThanOrEqual(200)
      }),
      { numRuns: 200 },
    )
  })
})
