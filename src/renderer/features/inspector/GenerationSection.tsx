import { Braces } from 'lucide-react'
import { useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { FindButton } from './FindButton.tsx'
import styles from './GenerationSection.module.css'
import { type GenerationFact, type GenerationFacts, generationFacts, generationText } from './generationFacts.ts'
import { PayloadDialog } from './PayloadDialog.tsx'
import { promptSearch } from './promptSearch.ts'
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
      {made.prompt === null ? null : <Prompt key={asset.id} text={made.prompt} what={strings.prompt} found />}
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
      {made.generator === null ? null : (
        <>
          <span className={styles.generator}>{made.generator}</span>
          <FindButton field="generator" operator="=" value={made.generator} label={strings.sameGenerator} />
        </>
      )}
      <CopyButton text={generationText(made)} what={strings.everything} />
      {raw === 0 ? null : (
        <IconButton className={styles.tool} label={strings.showPayloads} size="s" onClick={onPayloads}>
          <Braces />
        </IconButton>
      )}
    </span>
  )
}

/** Values that people look for in other assets. */
const FOUND_BY = {
  model: { operator: '=', label: strings.sameModel },
  sampler: { operator: '=', label: strings.sameSampler },
  seed: { operator: ':', label: strings.sameSeed },
} as const

function isFound(name: GenerationFact['name']): name is keyof typeof FOUND_BY {
  return Object.hasOwn(FOUND_BY, name)
}

function toFact({ name, value }: GenerationFact): Fact {
  const action = isFound(name) ? { action: <FindButton field={name} value={value} {...FOUND_BY[name]} /> } : {}
  return { name: strings.generationFacts[name], value, copy: true, ...action }
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

function Prompt({
  text,
  what,
  quiet = false,
  found = false,
}: {
  readonly text: string
  readonly what: string
  readonly quiet?: boolean
  /** True for what is looked for in other assets. */
  readonly found?: boolean
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
        {found ? <FindButton field="prompt" value={promptSearch(text)} label={strings.samePrompt} /> : null}
      </span>
    </div>
  )
}
