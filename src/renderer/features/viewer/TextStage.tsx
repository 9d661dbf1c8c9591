import { useEffect, useState } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { messageOf, request } from '../../api/client.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { FileTile } from './FileTile.tsx'
import { Markdown } from './Markdown.tsx'
import styles from './TextStage.module.css'

const MARKDOWN = new Set(['md', 'markdown', 'mdown'])
/** Set in the letters of prose; everything else is code or data. */
const PROSE = new Set(['txt', 'text', 'rtf', 'log', 'srt', 'vtt'])

type Read = { readonly text: string; readonly truncated: boolean } | { readonly problem: string }

/** A text to be read. Nothing that it names is loaded. */
export function TextStage({ card }: { readonly card: AssetCard }) {
  const read = useText(card)
  if (read === null) return null
  if ('problem' in read) return <FileTile card={card} reason={card.error_message ?? read.problem} />
  if (read.text.trim() === '') return <FileTile card={card} reason={strings.emptyText} />
  const extension = card.extension.toLowerCase()
  const name = card.custom_title ?? card.file_name
  return (
    // Scrolls, so the keyboard has to get to it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the only way to scroll without a mouse
    <section className={styles.text} aria-label={name} tabIndex={0} data-scroller data-testid="text">
      {MARKDOWN.has(extension) ? (
        <article className={styles.page}>
          <Markdown text={read.text} />
        </article>
      ) : (
        <pre className={styles.page} data-prose={PROSE.has(extension) || undefined}>
          {read.text}
        </pre>
      )}
      {read.truncated ? <p className={styles.more}>{strings.truncated}</p> : null}
    </section>
  )
}

/** The text of an asset; null until it has come. */
function useText({ id, sha256 }: AssetCard): Read | null {
  const [read, setRead] = useState<Read | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another content is another text
  useEffect(() => {
    let current = true
    request('assets.text', { id }).then(
      (answer) => current && setRead(answer),
      (thrown: unknown) => current && setRead({ problem: messageOf(thrown) }),
    )
    return () => {
      current = false
    }
  }, [id, sha256])
  return read
}
