import '../console/old-browser.ts'
import 'antd-mobile/es/global'
import { unstableSetRender } from 'antd-mobile'
import { StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { HashRouter } from 'react-router'
import { setDoor } from '../../kernel/web/call.ts'
import { setDevice } from '../../kernel/web/session.ts'
import { deviceId, recallClock, showLook } from './data/device.ts'
import './field.css'
import { Field } from './Field.tsx'
import { loadTexts } from './texts.ts'
import { takeTicket } from './shell/ticket.ts'
import { keepWorker } from './shell/version.ts'

// antd-mobile draws its dialogs with a call that React 19 no longer has.
type Holder = (Element | DocumentFragment) & { ownRoot?: Root }
unstableSetRender((node, container) => {
  const holder = container as Holder
  holder.ownRoot ??= createRoot(holder)
  holder.ownRoot.render(node)
  return async () => holder.ownRoot?.unmount()
})

setDoor('../api')
setDevice(deviceId())
recallClock()
showLook()
loadTexts()
keepWorker()
const ticket = takeTicket()
const root = document.getElementById('root')
if (root) createRoot(root).render(<StrictMode><HashRouter><Field ticket={ticket} /></HashRouter></StrictMode>)
