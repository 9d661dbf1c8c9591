import { useState } from 'react'
import { RESPONSIVE_WIDTHS, type RenderedExport, type RenderFormat } from '../../../shared/domain/fileExport.ts'
import { files } from '../../strings/files.ts'
import { Field } from '../../ui/Field.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './files.module.css'
import { readWidths } from './readWidths.ts'

const formats = (Object.keys(files.formats) as RenderFormat[]).map((value) => ({ value, label: files.formats[value] }))
const sizes = (Object.keys(files.sizes) as (keyof typeof files.sizes)[]).map((value) => ({
  value,
  label: files.sizes[value],
}))

/** Format, size, quality and what the files may say of themselves. */
export function RenderFields({
  settings,
  onChange,
}: {
  readonly settings: RenderedExport
  /** Null while something in the fields can't be understood. */
  readonly onChange: (settings: RenderedExport | null) => void
}) {
  const { size } = settings
  const [typed, setTyped] = useState(textOf(size))
  const type = (text: string, kind: 'longest' | 'widths') => {
    setTyped(text)
    const widths = readWidths(text, kind === 'longest' ? 1 : 10)
    const [pixels] = widths ?? []
    if (widths === null || pixels === undefined) onChange(null)
    else onChange({ ...settings, size: kind === 'longest' ? { kind, pixels } : { kind, widths } })
  }
  const resize = (kind: keyof typeof files.sizes) => {
    const next: RenderedExport['size'] =
      kind === 'original'
        ? { kind }
        : kind === 'longest'
          ? { kind, pixels: 2048 }
          : { kind, widths: [...RESPONSIVE_WIDTHS] }
    setTyped(textOf(next))
    onChange({ ...settings, size: next })
  }
  return (
    <>
      <div className={styles.row}>
        <span className={styles.rowLabel}>{files.format}</span>
        <Segmented
          label={files.format}
          value={settings.format}
          segments={formats}
          onChange={(format) => onChange({ ...settings, format })}
        />
      </div>
      <div className={styles.row}>
        <span className={styles.rowLabel}>{files.size}</span>
        <Segmented label={files.size} value={size.kind} segments={sizes} onChange={resize} />
      </div>
      {size.kind === 'original' ? null : (
        <Field
          label={size.kind === 'longest' ? files.pixels : files.widths}
          hint={size.kind === 'longest' ? null : files.widthsHint}
          error={readWidths(typed, size.kind === 'longest' ? 1 : 10) === null ? files.pixelsWrong : null}
        >
          {(control) => (
            <TextField {...control} value={typed} onChange={(event) => type(event.target.value, size.kind)} />
          )}
        </Field>
      )}
      {settings.format === 'png' ? null : (
        <div className={styles.row}>
          <span className={styles.rowLabel}>{files.quality}</span>
          <Slider
            className={styles.quality}
            label={files.quality}
            min={1}
            max={100}
            value={settings.quality}
            valueText={files.qualityText(settings.quality)}
            onChange={(quality) => onChange({ ...settings, quality })}
          />
          <span className={styles.number}>{settings.quality}</span>
        </div>
      )}
      <div className={styles.row}>
        <label className={styles.switchLabel} htmlFor="keep-metadata">
          {files.keepMetadata}
          <span className={styles.hint}>{files.keepMetadataHint}</span>
        </label>
        <Switch
          id="keep-metadata"
          checked={settings.keepMetadata}
          onChange={(keepMetadata) => onChange({ ...settings, keepMetadata })}
        />
      </div>
    </>
  )
}

function textOf(size: RenderedExport['size']): string {
  switch (size.kind) {
    case 'original':
      return ''
    case 'longest':
      return String(size.pixels)
    case 'widths':
      return size.widths.join(', ')
  }
}
