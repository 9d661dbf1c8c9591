import { describe, expect, it } from 'vitest'
import { skipCode } from '../../library/import/skipList.ts'
import type { Owner } from '../objectKeys.ts'
import { readBucketKey } from './bucketKeys.ts'

const owner = '3f9a1c5e-0000-4000-8000-000000000001' as Owner
const read = (key: string) => readBucketKey(key, { owner, skipCode })

describe('a key in a bucket of other programs', () => {
  it.each([
    'photo.jpg',
    'trips/2024/IMG 0001.JPG',
    'Übersicht/夕日.webp',
    'a//b.png',
    'a:b?c=d&e#f.png',
    '7f9a1c5e-0000-4000-8000-000000000001/images/a.png',
    `${owner}-old/a.png`,
    'notes..txt',
  ])('is a file: %s', (key) => {
    expect(read(key)).toEqual({ kind: 'file' })
  })

  it.each([
    ['the library’s description', `${owner}/library.json`],
    ['a log', `${owner}/log/device/0000000000000001.jsonl.gz`],
    ['an original that Vitrine sent', `${owner}/images/2026/11/a.0123456789ab.png`],
    ['a shared copy', `${owner}/shares/xyz/a.png`],
    ['the mark of a folder', 'trips/'],
    ['the mark of a folder by Hadoop', 'trips/2024_$folder$'],
    ['the mark of the whole bucket', ''],
  ])('is nothing to tell of: %s', (_, key) => {
    expect(read(key)).toEqual({ kind: 'none' })
  })

  it.each([
    ['trips/.DS_Store', 'system_file'],
    ['trips/Thumbs.db', 'system_file'],
    ['__MACOSX/a.png', 'system_file'],
    ['@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg', 'system_file'],
    ['.git/config', 'hidden'],
    ['trips/.emptyFolderPlaceholder', 'hidden'],
    ['trips/a.jpg.part', 'partial_download'],
  ])('is left out with a reason: %s', (key, code) => {
    expect(read(key)).toEqual({ kind: 'skipped', code })
  })

  it.each([
    ['a way up', '../secret.png'],
    ['a way up in the middle', 'a/../../b.png'],
    ['a way to itself', 'a/./b.png'],
    ['a control character', 'a\u0000.png'],
    ['a line end', 'a\r\nb.png'],
    ['a line separator', 'a\u2028b.png'],
    ['a turned direction', 'gnp.\u202eexe'],
    ['half a character', 'a\ud800.png'],
    ['a long name', `${'a'.repeat(256)}.png`],
    ['a long key', `${'a/'.repeat(40)}${'b'.repeat(200)}/`.repeat(5).slice(0, 1100)],
    ['many folders', `${'a/'.repeat(70)}b.png`],
  ])('is refused, with what to do, for %s', (_, key) => {
    expect(read(key)).toEqual({ kind: 'refused', message: expect.stringMatching(/^Its? .+ Rename it/) })
  })
})
