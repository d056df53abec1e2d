import '../old-browser.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { setDoor } from '../../../kernel/web/call.ts'
import { BigScreen } from './BigScreen.tsx'
import './screen.css'

setDoor('../api')
const root = document.getElementById('root')
if (root) createRoot(root).render(<StrictMode><BigScreen /></StrictMode>)
