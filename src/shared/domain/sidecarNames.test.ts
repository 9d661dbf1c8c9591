import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSidecars, folderNames, isSidecarName, sidecarKind, sidecarNamesFor } from './sidecarNames.ts'

const find = (fileName: string, ...beside: string[]) => findSidecars(fileName, folderNames([fileName, ...beside]))

describe('names of sidecars', () => {
  it.each([
    ['image.png', ['image.png.xmp', 'image.xmp', 'image.png.txt', 'image.txt', 'image.swarm.json']],
    ['a.b.mp4', ['a.b.mp4.xmp', 'a.b.xmp', 'a.b.mp4.txt', 'a.b.txt', 'a.b.swarm.json']],
    ['raw.nef', ['raw.nef.xmp', 'raw.xmp']],
    ['notes.txt', ['notes.txt.xmp', 'notes.xmp']],
    ['README', ['README.xmp']],
    ['.jpg', ['.jpg.xmp']],
    ['photo.xmp', []],
    ['image.swarm.json', []],
  ])('for %s', (fileName, names) => {
    expect(sidecarNamesFor(fileName)).toEqual(names)
  })

  it.each([
    ['photo.jpg.xmp', 'xmp'],
    ['PHOTO.XMP', 'xmp'],
    ['image.txt', 'txt'],
    ['image.swarm.json', 'swarm.json'],
    ['image.Swarm.JSON', 'swarm.json'],
    ['workflow.json', null],
    ['swarm.json', null],
    ['.xmp', null],
    ['xmp', null],
    ['photo.jpg', null],
  ])('%s is of the kind %j', (name, kind) => {
    expect(sidecarKind(name)).toBe(kind)
    expect(isSidecarName(name)).toBe(kind !== null)
  })
})

describe('the sidecars of a file', () => {
  it('are one of each kind', () => {
    expect(find('image.png', 'image.txt', 'image.swarm.json', 'image.png.xmp', 'other.xmp')).toEqual([
      'image.png.xmp',
      'image.txt',
      'image.swarm.json',
    ])
  })

  it('leave the shared name to files that have no exact one', () => {
    const folder = folderNames(['shot.nef', 'shot.jpg', 'shot.xmp', 'shot.nef.xmp'])
    expect(findSidecars('shot.nef', folder)).toEqual(['shot.nef.xmp'])
    expect(findSidecars('shot.jpg', folder)).toEqual(['shot.xmp'])
  })

  it('are found whatever their case, the same case first', () => {
    expect(find('IMG_1.JPG', 'img_1.xmp')).toEqual(['img_1.xmp'])
    expect(find('IMG_1.JPG', 'img_1.xmp', 'IMG_1.xmp')).toEqual(['IMG_1.xmp'])
  })

  it('are found whether accents are composed or not', () => {
    expect(find('Caf\u00e9.jpg', 'Cafe\u0301.xmp')).toEqual(['Cafe\u0301.xmp'])
  })

  it('are texts only beside pictures and videos', () => {
    expect(find('report.pdf', 'report.txt')).toEqual([])
    expect(find('clip.webm', 'clip.txt')).toEqual(['clip.txt'])
  })

  it('are never the file itself', () => {
    expect(find('notes.txt')).toEqual([])
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (name, others) => {
        expect(find(name, ...others)).not.toContain(name)
      }),
      { numRuns: 200 },
    )
  })

  it('are all among the candidates', () => {
    const name = fc.stringMatching(/^[ab]{1,2}(\.[ab])?\.(png|xmp|txt|swarm\.json|nef)$/)
    fc.assert(
      fc.property(name, fc.array(name), (file, others) => {
        for (const found of find(file, ...others)) expect(sidecarNamesFor(file)).toContain(found)
      }),
      { numRuns: 200 },
    )
  })
})
