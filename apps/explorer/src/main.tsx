/** Starts the explorer: takes the token out of the address, then draws the screen. */
import './kit.css'
import './fonts.css'
import './app.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { openCase } from './actions.ts'
import { useToken } from './api.ts'
import { App } from './App.tsx'
import { takeToken } from './session.ts'
import { theme } from './theme.ts'

useToken(takeToken())
void openCase()

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} forceColorScheme="light" deduplicateInlineStyles>
        <App />
      </MantineProvider>
    </StrictMode>,
  )
}
