import { extname } from 'node:path'

/** Endings of files that a system runs when it is asked to open them, on any of the three. */
const RUN = new Set(
  (
    'exe com bat cmd msi msp scr pif cpl hta jar lnk url scf reg vb vbs vbe js jse ws wsf wsh ps1 psm1 msc appref-ms ' +
    'application gadget inf settingcontent-ms app command tool workflow action scpt applescript terminal desktop ' +
    'appimage sh bash csh ksh zsh fish run bin out py pyw rb pl deb rpm pkg dmg iso webloc fileloc inetloc'
  ).split(' '),
)

/** Whether opening a file of this name would run it, or something that it names. */
export function isRunnable(fileName: string): boolean {
  return RUN.has(
    extname(fileName.replace(/[.\s]+$/, ''))
      .slice(1)
      .toLowerCase(),
  )
}
