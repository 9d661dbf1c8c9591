import { describe, expect, it } from 'vitest'
import { skipCode } from './skipList.ts'

describe('what an import leaves out by name', () => {
  it.each([
    ['.DS_Store', 'system_file'],
    ['Thumbs.db', 'system_file'],
    ['desktop.ini', 'system_file'],
    ['._photo.jpg', 'system_file'],
    ['video.mp4.crdownload', 'partial_download'],
    ['video.mp4.part', 'partial_download'],
    ['video.download', 'partial_download'],
    ['~$letter.docx', 'partial_download'],
    ['image.png.tmp', 'partial_download'],
    ['image.tmp123', 'partial_download'],
    ['.env', 'hidden'],
  ])('%s: %s', (name, code) => {
    expect(skipCode(name)).toBe(code)
  })

  it.each(['photo.jpg', 'part.png', 'my.partner.jpg', 'template.psd', 'a.', '~sketch.png', 'download'])(
    'takes %s',
    (name) => {
      expect(skipCode(name)).toBeNull()
    },
  )

  it('leaves out folders of the system, but a file of that name is a file', () => {
    expect(skipCode('__MACOSX', true)).toBe('system_file')
    expect(skipCode('__MACOSX')).toBeNull()
  })
})
