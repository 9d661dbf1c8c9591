import { Info } from 'lucide-react'
import { useEffect, useState } from 'react'
import { request } from '../../api/client.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import styles from './AddRemote.module.css'

/** Says so where keys can't be stored; says nothing where they can, or where it isn't known. */
export function KeychainNote() {
  const [missing, setMissing] = useState(false)
  useEffect(() => {
    request('shell.info').then(
      (info) => setMissing(!info.keychain),
      () => setMissing(false),
    )
  }, [])
  if (!missing) return null
  return (
    <p className={styles.keychain}>
      <Info aria-hidden="true" />
      {strings.noKeychain}
    </p>
  )
}
