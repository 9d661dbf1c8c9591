import { Copy } from 'lucide-react'
import { copyText } from '../../actions/assets.ts'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'
import { closeDialog, openDialog } from '../../state/panels.ts'
import { integrity } from '../../strings/integrity.ts'
import { settings as strings } from '../../strings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './SettingsSection.module.css'
import { Setting, SettingsSection } from './SettingsSection.tsx'

/** Which library is open, where it is, and where files are picked up from. */
export function LibrarySettings() {
  const info = useLibrary((library) => library.info)
  if (info === null) return null

  const openAnother = async () => {
    try {
      const path = await request('shell.chooseFolder', { title: strings.otherLibraryTitle })
      if (path === null) return
      await request('shell.openLibrary', { path, create: false })
      closeDialog()
    } catch (thrown) {
      reportError(thrown)
    }
  }

  return (
    <SettingsSection title={strings.library}>
      <Setting name={strings.name}>{info.name}</Setting>
      <Setting name={strings.path}>
        <span className={styles.path}>{info.path}</span>
        <CopyPath path={info.path} what={strings.libraryPath} />
      </Setting>
      <Setting
        name={strings.dropFolder}
        note={
          info.dropFolderProblem === null ? (
            strings.dropFolderHint
          ) : (
            <span className={styles.problem}>{info.dropFolderProblem}</span>
          )
        }
      >
        <span className={styles.path}>{info.dropFolder}</span>
        <Button size="s" onClick={() => void request('shell.openDropFolder').catch(reportError)}>
          {strings.openFolder}
        </Button>
        <CopyPath path={info.dropFolder} what={strings.dropFolderPath} />
      </Setting>
      <Setting name="">
        <Button size="s" onClick={() => void openAnother()}>
          {strings.otherLibrary}
        </Button>
        <Button size="s" onClick={() => openDialog('check-library')}>
          {integrity.menu}
        </Button>
      </Setting>
    </SettingsSection>
  )
}

function CopyPath({ path, what }: { readonly path: string; readonly what: string }) {
  return (
    <IconButton label={strings.copyPath(what)} size="s" onClick={() => void copyText(path, what)}>
      <Copy />
    </IconButton>
  )
}
