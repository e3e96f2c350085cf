import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startLanguage } from './app/i18n.ts'
import './styles/index.css'

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (root === null) throw new Error('the page has no root')
  await startLanguage()
  createRoot(root).render(<App />)
}

start().catch((error: unknown) => {
  console.error('the page did not start', error)
})
