import { describe, expect, it } from 'vitest'
import { foldText, indexedName, indexedText, vocabulary } from './indexedText.ts'

describe('what the index is given', () => {
  it('has characters of scripts without spaces apart', () => {
    expect(indexedText('新しい photo').split(/ +/)).toEqual(['', '新', 'し', 'い', 'photo'])
    expect(indexedText('a low fog')).toBe('a low fog')
    expect(indexedText('ｆｏｇ ﬁne')).toBe('fog fine')
    expect(indexedText('メニュー。').split(/ +/)).toEqual(['', 'メ', 'ニ', 'ュ', 'ー', '。'])
  })

  it('has the parts of names beside the whole', () => {
    expect(indexedName('IMG_1234-final.png')).toBe('IMG_1234-final.png')
    expect(indexedName('DSC0042')).toBe('DSC0042 DSC 0042')
    expect(indexedName('juggernautXL_v8Rundiffusion')).toBe(
      'juggernautXL_v8Rundiffusion juggernaut XL v 8 Rundiffusion',
    )
    expect(indexedName('MySunset')).toBe('MySunset My Sunset')
  })
})

describe('the words in which fragments are found', () => {
  const words = (text: string) => vocabulary([text], [])

  it('are runs of letters, folded, each once', () => {
    expect(words('The Harbour, the HARBOUR at Café Müller')).toEqual(['harbour', 'cafe', 'muller'])
    expect(words('night2 highway61')).toEqual(['night', 'highway'])
  })

  it('are not numbers, digests and random mixtures', () => {
    expect(words('20261121 deadbeef01 3f2a9c0d11 a8sjd2kq9xw 512x768')).toEqual([])
    expect(words('x'.repeat(40))).toEqual([])
  })

  it('are all parts of a name, but only the beginnings in prose', () => {
    expect(vocabulary(['01harbour'], [])).toEqual([])
    expect(vocabulary([], ['01harbour'])).toEqual(['harbour'])
  })
})

it('folds case, diacritics and forms', () => {
  expect(foldText('Ünïcode ＡＢＣ')).toBe('unicode abc')
})
