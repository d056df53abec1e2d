import { Popup } from 'antd-mobile'
import type { ReactNode } from 'react'
import { Icon } from './icons.tsx'

/** From below, within the thumb's reach. What is typed in it is the caller's: closing loses nothing. */
export function Sheet({ open, title, onClose, children, tall }: { open: boolean; title: ReactNode; onClose: () => void; children: ReactNode; tall?: boolean }) {
  return (
    <Popup visible={open} onClose={onClose} onMaskClick={onClose} bodyClassName={tall ? 'f-sheet f-sheet-tall' : 'f-sheet'} destroyOnClose>
      <div className="f-sheet-head"><h2>{title}</h2><button type="button" className="f-icon" aria-label="关闭" onClick={onClose}><Icon name="cross" /></button></div>
      <div className="f-sheet-body">{children}</div>
    </Popup>
  )
}
