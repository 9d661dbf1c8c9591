import { importAddresses } from '../../actions/imports.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { importStrings as strings } from '../../strings/imports.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import styles from './FetchAddresses.module.css'
import { useWebFetch } from './webFetch.ts'

/** Asks before something is fetched from addresses that were pasted as text: nobody may have meant them to be asked. */
export function FetchAddresses() {
  const open = usePanels((panels) => panels.dialog === 'fetch-addresses')
  return open ? <Question /> : null
}

function Question() {
  const { addresses, target } = useWebFetch()
  const fetchThem = () => {
    closeDialog()
    void importAddresses(addresses, target)
  }
  return (
    <QuestionDialog
      title={strings.fetchTitle(addresses.length)}
      description={strings.fetchText(addresses.length, target.label)}
      onCancel={closeDialog}
      answers={
        <Button variant="primary" data-autofocus onClick={fetchThem}>
          {strings.fetchDo}
        </Button>
      }
    >
      <ul className={styles.addresses}>
        {addresses.map((address) => (
          <li key={address} title={address}>
            {address}
          </li>
        ))}
      </ul>
    </QuestionDialog>
  )
}
