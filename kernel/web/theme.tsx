import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ReactNode, useSyncExternalStore } from 'react'
import { colour, fontFamily, PHONE } from './tokens.ts'

dayjs.locale('zh-cn')

/** The nonce under which styles made in the page are allowed; the server writes it into the page. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

// Some parts make style elements without a nonce (the scroll lock under a dialog); the policy would refuse them.
const make = document.createElement.bind(document)
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const element = make(name, options)
  if (nonce && name === 'style') element.nonce = nonce
  return element
}) as typeof document.createElement

const subscribe = (listener: () => void) => {
  window.addEventListener('angrid-large', listener)
  window.addEventListener('resize', listener)
  return () => {
    window.removeEventListener('angrid-large', listener)
    window.removeEventListener('resize', listener)
  }
}
const sizeNow = () => {
  const base = window.innerWidth < PHONE ? 16 : 14
  return document.documentElement.dataset.large === undefined ? base : Math.round(base * 1.25)
}

/** Chinese, one accent, dense but calm; large type and phones take a larger base. */
export function Theme({ children }: { children: ReactNode }) {
  const fontSize = useSyncExternalStore(subscribe, sizeNow)
  const phone = window.innerWidth < PHONE
  // Whoever asked his device for stillness gets it; an animation whose end is never reported then holds nothing up.
  const motion = !window.matchMedia('(prefers-reduced-motion: reduce)').matches
  return (
    <ConfigProvider
      locale={zhCN}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      theme={{
        token: { motion, colorPrimary: colour.act, colorLink: colour.act, colorInfo: colour.act, colorText: colour.text, colorTextSecondary: colour.textSoft, colorBorder: '#cfd7e0', colorBorderSecondary: colour.lineSoft, colorBgLayout: colour.ground, colorError: colour.overdue, colorErrorBg: '#fcefed', colorErrorBorder: '#efcdc8', colorWarningBg: '#fdf6e6', colorWarningBorder: '#eedcb0', colorInfoBg: '#edf3fb', colorInfoBorder: '#cbdcf1', borderRadius: 6, fontFamily, fontSize, controlHeight: phone ? 40 : 32, wireframe: false, motionDurationMid: '0.12s', motionDurationSlow: '0.18s' },
        components: { Table: { headerBg: '#f7f9fb', cellPaddingBlockSM: 8, cellPaddingInlineSM: 10, rowHoverBg: '#f5f8fc' }, Menu: { itemHeight: phone ? 44 : 36, itemMarginBlock: 2, itemBorderRadius: 6, iconMarginInlineEnd: 8 } },
      }}
    >
      <App>{children}</App>
    </ConfigProvider>
  )
}
