import { useEffect, useState } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import { request } from '../../api/client.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { Slider } from '../../ui/Slider.tsx'
import styles from './FontStage.module.css'
import { ImageStage, type ImageStageProps } from './ImageStage.tsx'

const SIZES = [64, 40, 28, 20, 15, 12]
const SIZE = { min: 12, max: 240, initial: 72 } as const

/** A typeface: a line to type in, its characters, and a sentence in several sizes. */
export function FontStage(stage: Omit<ImageStageProps, 'kind' | 'page'>) {
  const { card } = stage
  const face = useFace(card)
  const [text, setText] = useState('')
  const [size, setSize] = useState<number>(SIZE.initial)
  if (face === 'loading') return null
  // Chromium is more particular than the decoders: what it refuses is shown as they drew it.
  if (face === 'refused') return <ImageStage {...stage} kind={card.has_thumbnail ? 'drawn' : 'thumbnail'} page={0} />
  const name = card.custom_title ?? card.file_name
  const set = { fontFamily: `"${face.family}"` }
  return (
    // Scrolls, so the keyboard has to get to it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the only way to scroll without a mouse
    <section className={styles.font} aria-label={name} tabIndex={0} data-scroller data-testid="font">
      <div className={styles.try}>
        <input
          className={styles.line}
          style={{ ...set, fontSize: size }}
          value={text}
          placeholder={strings.specimen.short}
          aria-label={strings.specimen.type}
          spellCheck={false}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <div className={styles.size}>
          <Slider
            label={strings.specimen.size}
            value={size}
            min={SIZE.min}
            max={SIZE.max}
            valueText={strings.specimen.pixels(size)}
            onChange={setSize}
          />
          <span>{strings.specimen.pixels(size)}</span>
        </div>
      </div>
      <p className={styles.characters} style={set}>
        {strings.specimen.characters.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </p>
      <dl className={styles.sizes}>
        {SIZES.map((one) => (
          <div key={one}>
            <dt>{one}</dt>
            <dd style={{ ...set, fontSize: one }}>{text === '' ? strings.specimen.sentence : text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

type Face = { readonly family: string } | 'loading' | 'refused'

/** Makes the typeface usable in this page while it is looked at. */
function useFace({ id, sha256 }: AssetCard): Face {
  const [face, setFace] = useState<Face>('loading')
  // biome-ignore lint/correctness/useExhaustiveDependencies: another content is another typeface
  useEffect(() => {
    let current = true
    let added: FontFace | null = null
    setFace('loading')
    loadFace(id).then(
      (loaded) => {
        if (!current) return
        added = loaded
        document.fonts.add(loaded)
        setFace({ family: loaded.family })
      },
      // Chromium does not take it, or it could not be read: its picture says as much as there is to say.
      () => current && setFace('refused'),
    )
    return () => {
      current = false
      if (added !== null) document.fonts.delete(added)
    }
  }, [id, sha256])
  return face
}

/** A typeface of Chromium's, which checks what it is given before it sets anything in it. */
async function loadFace(id: AssetId): Promise<FontFace> {
  const { bytes } = await request('assets.typeface', { id })
  return await new FontFace(`specimen-${id}`, new Uint8Array(bytes)).load()
}
