import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { restartEngine } from '../actions/library.ts'
import { subscribe } from '../api/client.ts'
import { libraries as strings } from '../strings/libraries.ts'
import { Button } from '../ui/Button.tsx'
import { Banner } from './Banner.tsx'
import styles from './Banners.module.css'

/** An engine that lives but does not answer: waiting may be right, so a person decides. */
export function SilentEngine() {
  const [silent, setSilent] = useState(false)
  useEffect(() => subscribe('engine.silent', ({ since }) => setSilent(since !== null)), [])
  if (!silent) return null
  return (
    <Banner tone="warn" icon={<TriangleAlert />}>
      {strings.silent}
      <span className={styles.more}>{strings.silentMore}</span>
      <Button size="s" onClick={() => void restartEngine()}>
        {strings.restart}
      </Button>
    </Banner>
  )
}
