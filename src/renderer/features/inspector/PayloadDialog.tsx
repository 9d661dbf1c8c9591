import { useState } from 'react'
import type { RawPayload } from '../../../shared/domain/generation.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { bytesText } from '../../strings/quantities.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './PayloadDialog.module.css'
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
            <span className={styles.size}>{bytesText(new Blob([payload.data]).size)}</span>
            <CopyButton text={payload.data} what={strings.thePayload} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
          <section className={styles.text} tabIndex={0} aria-label={titleOf(payload)}>
            <pre>{readable(payload)}</pre>
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
function readable({ data, encoding }: RawPayload): string {
  if (encoding === 'base64' || !/^\s*[[{]/.test(data)) return data
  try {
    // Numbers beyond 2^53 would change: such a text is shown as it is.
    if (/[:[,\s]-?\d{16,}/.test(data)) return data
    return JSON.stringify(JSON.parse(data), null, 2)
  } catch {
    return data
  }
}
