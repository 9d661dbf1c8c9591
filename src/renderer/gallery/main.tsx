import '@fontsource-variable/inter/index.css'
import '../ui/tokens.css'
import '../ui/base.css'
import { createRoot } from 'react-dom/client'
import { TooltipProvider } from '../ui/Tooltip.tsx'
import { Gallery } from './Gallery.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
document.documentElement.dataset.theme = new URLSearchParams(location.search).get('theme') ?? 'dark'
createRoot(root).render(
  <TooltipProvider>
    <Gallery />
  </TooltipProvider>,
)
