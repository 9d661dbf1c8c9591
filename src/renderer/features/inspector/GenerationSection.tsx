import { useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './GenerationSection.module.css'
import { generationFacts } from './generationFacts.ts'
import { CopyButton, Facts, Section } from './Section.tsx'

/** How the asset was made, as far as its file says. */
export function GenerationSection({ asset }: { readonly asset: AssetDetail }) {
  const made = generationFacts(asset)
  if (made === null) return null
  return (
    <Section title={strings.generation} aside={made.generator ?? undefined}>
      {made.prompt === null ? null : <Prompt key={asset.id} text={made.prompt} what={strings.prompt} />}
      {made.negative === null ? null : (
        <Prompt key={`${asset.id}-negative`} text={made.negative} what={strings.negative} quiet />
      )}
      {made.facts.length === 0 ? null : (
        <Facts
          facts={made.facts.map(({ name, value }) => ({ name: strings.generationFacts[name], value, copy: true }))}
        />
      )}
    </Section>
  )
}

/** Beyond this many characters a prompt is cut, with a way to see all of it. */
const LONG = 260

function Prompt({
  text,
  what,
  quiet = false,
}: {
  readonly text: string
  readonly what: string
  readonly quiet?: boolean
}) {
  const [whole, setWhole] = useState(false)
  const long = text.length > LONG || text.split('\n').length > 6
  return (
    <div className={styles.prompt} data-quiet={quiet || undefined}>
      <div className={styles.promptText}>
        <p className={long && !whole ? styles.cut : styles.whole}>{text}</p>
        {long ? (
          <button type="button" className={styles.more} aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? strings.showLess : strings.showMore}
          </button>
        ) : null}
      </div>
      <CopyButton text={text} what={what} />
    </div>
  )
}
