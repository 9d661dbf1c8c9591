import { useState } from 'react'
import type { RawPayload } from '../../../shared/domain/generation.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { bytesText } from '../../strings/quantities.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './PayloadDialog.module.css'
import { payloadText } from './payloadText.ts'
import { CopyButton } from './Section.tsx'

/** What the file says about its making, word for word. */
export function PayloadDialog({
  open,
  onClose,
  payloads,
  name,
}: {
  readonly open: boolean
  readonly onClose: () => void
  readonly payloads: readonly RawPayload[]
  readonly name: string
}) {
  const [chosen, setChosen] = useState(0)
  const payload = payloads[chosen] ?? payloads[0]
  const text = payload === undefined ? '' : payloadText(payload)
  return (
    <Dialog open={open} onClose={onClose} title={strings.payloads} description={name} size="l">
      {payload === undefined ? null : (
        <div className={styles.payload}>
          <div className={styles.bar}>
            {payloads.length > 1 ? (
              <Select
                aria-label={strings.payload}
                value={String(payloads.indexOf(payload))}
                options={payloads.map((each, index) => ({ value: String(index), label: titleOf(each) }))}
                onChange={(value) => setChosen(Number(value))}
              />
            ) : (
              <span>{titleOf(payload)}</span>
            )}
            <span className={styles.size}>{bytesText(new Blob([text]).size)}</span>
            <CopyButton text={text} what={strings.thePayload} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
          <section className={styles.text} tabIndex={0} aria-label={titleOf(payload)}>
            <pre>{readable(text)}</pre>
          </section>
        </div>
      )}
    </Dialog>
  )
}

function titleOf({ carrier, key }: RawPayload): string {
  return key === '' ? carrier : `${key} (${carrier})`
}

/** JSON is indented for people; what is copied is as it stands in the file. */
function readable(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.stringify(JSON.parse(text, keepDigits), null, 2)
  } catch {
    // Not quite JSON, as some tools write it: shown as it is.
    return text
  }
}

/** A number as its own digits, because seeds exceed what a number holds ("JSON.parse source text access", ECMAScript 2026). */
function keepDigits(_key: string, value: unknown, ...context: readonly { readonly source?: string }[]): unknown {
  const source = context[0]?.source
  return typeof value === 'number' && source !== undefined ? rawJson(source) : value
}

const { rawJSON: rawJson } = JSON as unknown as { rawJSON(text: string): unknown }
