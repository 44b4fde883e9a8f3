/** Starts the explorer: takes the token out of the address and the reader's preferences, then draws the screen. */
import './kit.css'
import './fonts.css'
import './theme.css'
import './frame.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { openCase } from './actions.ts'
import { followLive } from './desk-actions.ts'
import { useToken } from './api.ts'
import { Root } from './Root.tsx'
import { fetchPartsLater } from './OnDemand.tsx'
import { takePreferences } from './preferences.ts'
import { takeToken } from './session.ts'
import './print.css'

await takePreferences()
useToken(takeToken())
void openCase()
void followLive()

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<StrictMode><Root /></StrictMode>)
fetchPartsLater()
