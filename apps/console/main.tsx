import './old-browser.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../../kernel/web/look.css'
import '../../kernel/web/print.css'
import { Console } from './Console.tsx'
import { loadEnterpriseParts } from './enterprise-parts.tsx'
import { loadTexts } from './texts.ts'

loadTexts()
loadEnterpriseParts()
const root = document.getElementById('root')
if (root) createRoot(root).render(<StrictMode><Console /></StrictMode>)
