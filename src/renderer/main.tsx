import '@fontsource-variable/inter/index.css'
import './ui/tokens.css'
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { reportFailedRead } from './actions/mutate.ts'
import { tellSaved } from './actions/openWith.ts'
import { subscribe } from './api/client.ts'
import { App } from './app/App.tsx'
import { followPreferences } from './app/followPreferences.ts'
import { persistWindow } from './app/persistWindow.ts'
import { reportMenu } from './app/reportMenu.ts'
import { registerCommands, registerKeyHints } from './commands/registry.ts'
import { gridHints } from './commands/window/gridHints.ts'
import { windowCommands } from './commands/window/windowCommands.ts'
import { commandsOfCompare } from './features/compare/toCompare.ts'
import { commandsOfViewer } from './features/viewer/toViewer.ts'
import { startLive } from './queries/live.ts'
import { followSystemTheme } from './state/appearance.ts'
import { followFocus } from './ui/useReturnFocus.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

// Of two commands with one name the later one is run where both apply: what a mode means by it.
registerCommands([...windowCommands, ...commandsOfViewer, ...commandsOfCompare])
registerKeyHints(gridHints)
followSystemTheme()
followFocus()
followPreferences()
await persistWindow()
reportMenu()
subscribe('copy.saved', tellSaved)
startLive(reportFailedRead)
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
