import { Copy, FolderOpen, Import } from 'lucide-react'
import { copyText } from '../../actions/assets.ts'
import { chooseAndImport } from '../../actions/imports.ts'
import { openDropFolder } from '../../actions/library.ts'
import { expiryDays, useLibrary } from '../../queries/library.ts'
import { empty } from '../../strings/empty.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { DropArt } from './DropArt.tsx'
import styles from './WorkspaceEmpty.module.css'

/** The first thing a person sees of a new library: how files get in. */
export function WorkspaceEmpty() {
  const info = useLibrary((library) => library.info)
  const days = useLibrary(expiryDays)
  return (
    <div className={styles.empty}>
      <DropArt />
      <h2 className={styles.title}>{empty.workspaceTitle}</h2>
      <p className={styles.text}>{empty.workspaceText(days)}</p>
      <Button variant="primary" icon={<Import />} onClick={() => void chooseAndImport()}>
        {empty.importFiles}
      </Button>
      {info === null ? null : (
        <div className={styles.folder}>
          <p className={styles.folderText}>{empty.dropFolderLabel}</p>
          <div className={styles.path}>
            <bdi className={styles.pathText} title={info.dropFolder}>
              {info.dropFolder}
            </bdi>
            <IconButton
              label={empty.copyPath}
              size="s"
              onClick={() => void copyText(info.dropFolder, empty.pathCopied)}
            >
              <Copy />
            </IconButton>
            <IconButton label={empty.openDropFolder} size="s" onClick={() => void openDropFolder()}>
              <FolderOpen />
            </IconButton>
          </div>
        </div>
      )}
    </div>
  )
}
