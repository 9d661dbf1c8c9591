import { Braces, Search } from 'lucide-react'
import { useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { findEverywhere } from '../../state/browse.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './GenerationSection.module.css'
import { type GenerationFact, type GenerationFacts, generationFacts, generationText } from './generationFacts.ts'
import { PayloadDialog } from './PayloadDialog.tsx'
import { CopyButton, type Fact, Facts, Section } from './Section.tsx'

/** How the asset was made, as far as its file says. */
export function GenerationSection({ asset }: { readonly asset: AssetDetail }) {
  const made = generationFacts(asset)
  const [payloads, setPayloads] = useState(false)
  if (made === null) return null
  const raw = asset.generation?.raw ?? []
  return (
    <Section
      title={strings.generation}
      aside={<Tools made={made} onPayloads={() => setPayloads(true)} raw={raw.length} />}
    >
      {made.prompt === null ? null : (
        <Prompt
          key={asset.id}
          text={made.prompt}
          what={strings.prompt}
          find={{ field: 'prompt', label: strings.samePrompt }}
        />
      )}
      {made.negative === null ? null : (
        <Prompt key={`${asset.id}-negative`} text={made.negative} what={strings.negative} quiet />
      )}
      {made.facts.length === 0 ? null : <Facts facts={made.facts.map(toFact)} />}
      {made.more.length === 0 ? null : <More key={`${asset.id}-more`} made={made} />}
      <PayloadDialog open={payloads} onClose={() => setPayloads(false)} payloads={raw} name={asset.file_name} />
    </Section>
  )
}

/** The tool's name, and what can be done with all of it. */
function Tools({
  made,
  raw,
  onPayloads,
}: {
  readonly made: GenerationFacts
  readonly raw: number
  readonly onPayloads: () => void
}) {
  return (
    <span className={styles.tools}>
      {made.generator === null ? null : <span className={styles.generator}>{made.generator}</span>}
      <CopyButton text={generationText(made)} what={strings.everything} />
      {raw === 0 ? null : (
        <IconButton className={styles.tool} label={strings.showPayloads} size="s" onClick={onPayloads}>
          <Braces />
        </IconButton>
      )}
    </span>
  )
}

/** Fields whose value people look for in other assets, and how. */
const FOUND_BY = { model: strings.sameModel, seed: strings.sameSeed } as const

function toFact({ name, value }: GenerationFact): Fact {
  const found = name === 'model' || name === 'seed'
  const action = found ? { action: <FindButton field={name} value={value} label={FOUND_BY[name]} /> } : {}
  return { name: strings.generationFacts[name], value, copy: true, ...action }
}

function FindButton({
  field,
  value,
  label,
}: {
  readonly field: 'model' | 'seed' | 'prompt'
  readonly value: string
  readonly label: string
}) {
  return (
    <IconButton className={styles.tool} label={label} size="s" onClick={() => findEverywhere(field, value)}>
      <Search />
    </IconButton>
  )
}

/** Settings that only this tool has. */
function More({ made }: { readonly made: GenerationFacts }) {
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.settings}>
      <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? strings.fewerSettings : strings.moreSettings(made.more.length)}
      </button>
      {open ? <Facts facts={made.more.map(({ name, value }) => ({ name, value, copy: true }))} /> : null}
    </div>
  )
}

/** Beyond this many characters a prompt is cut, with a way to see all of it. */
const LONG = 260
/** As much of a prompt as the search field takes. */
const SEARCHED = 200

function Prompt({
  text,
  what,
  quiet = false,
  find,
}: {
  readonly text: string
  readonly what: string
  readonly quiet?: boolean
  readonly find?: { readonly field: 'prompt'; readonly label: string }
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
      <span className={styles.promptTools}>
        <CopyButton text={text} what={what} />
        {find === undefined ? null : <FindButton {...find} value={text.slice(0, SEARCHED)} />}
      </span>
    </div>
  )
}
