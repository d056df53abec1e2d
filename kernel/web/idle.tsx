import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { lastTouchMs, touched, watchTouch } from './touch.ts'

/** Minutes before the exit at which the person is warned. */
const WARN = 2

/** Warns a left desk, then signs it out (GB/T 22239: sessions end when idle). What stands on the page stays there. */
export function IdleWatch({ minutes, leave, stay }: { minutes: number; leave: () => void; stay: () => void }) {
  const [left, setLeft] = useState<number>()
  useEffect(watchTouch, [])
  useEffect(() => {
    const timer = setInterval(() => {
      const rest = minutes * 60 - Math.floor((Date.now() - lastTouchMs()) / 1000)
      if (rest <= 0) {
        setLeft(undefined)
        touched()
        leave()
      } else setLeft(rest <= WARN * 60 ? rest : undefined)
    }, 1000)
    return () => clearInterval(timer)
  }, [minutes, leave])
  const keep = () => {
    touched()
    setLeft(undefined)
    stay()
  }
  return (
    <Modal open={left !== undefined} title="即将自动退出" okText="继续使用" onOk={keep} onCancel={keep} cancelButtonProps={{ style: { display: 'none' } }} width={420}>
      <p>已有一段时间没有操作，{left ?? 0} 秒后将自动退出登录。</p>
      <p className="ag-field-note">页面上已填写的内容会保留，重新登录后可继续。</p>
    </Modal>
  )
}
