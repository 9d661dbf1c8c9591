import '@fontsource-variable/inter/index.css'
import './ui/tokens.css'
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { reportFailedRead } from './actions/mutate.ts'
import { App } from './app/App.tsx'
import { persistWindow } from './app/persistWindow.ts'
import { startLive } from './queries/live.ts'
import { followSystemTheme } from './state/appearance.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

followSystemTheme()
await persistWindow()
startLive(reportFailedRead)
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
