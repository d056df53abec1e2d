import { AlertOutlined, AuditOutlined, BankOutlined, BarChartOutlined, EnvironmentOutlined, FileTextOutlined, HomeOutlined, SettingOutlined, ThunderboltOutlined } from '@ant-design/icons'
import { Menu } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useKept } from './kept.ts'
import { useMe } from './me.ts'
import { entriesOf, entryOf } from './menu-entries.ts'
import type { Group, Screen } from './screen.ts'

const icons: Record<Group, ReactNode> = {
  工作台: <HomeOutlined />,
  一张图: <EnvironmentOutlined />,
  监管对象: <BankOutlined />,
  检查任务: <AuditOutlined />,
  隐患闭环: <AlertOutlined />,
  专项行动: <ThunderboltOutlined />,
  执法文书: <FileTextOutlined />,
  统计简报: <BarChartOutlined />,
  系统: <SettingOutlined />,
}

/** The left menu: two levels at the most; a group with one entry stands alone. Which groups are folded is remembered. */
export function SideMenu({ screens, onGo }: { screens: readonly Screen[]; onGo?: () => void }) {
  const me = useMe()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const shown = useMemo(() => entriesOf(screens, me), [screens, me])
  // Rarely wanted beside daily work; an administrator has nothing else.
  const [kept, setFolded] = useKept<readonly string[] | null>('menu.folded', null)
  const folded = kept ?? (shown.length > 4 ? ['系统'] : [])
  const here = entryOf(pathname, shown.flatMap((g) => g.entries.map((e) => e.path)))
  const all = shown.map((g) => g.group as string)
  const current = shown.find((g) => g.entries.some((e) => e.path === here))?.group
  const items = shown.map(({ group, entries }) => {
    const only = entries.length === 1 ? entries[0] : undefined
    if (only) return { key: only.path, icon: icons[group], label: only.label }
    return { key: group, icon: icons[group], label: group, children: entries.map((e) => ({ key: e.path, label: e.label })) }
  })
  return (
    <Menu
      mode="inline"
      inlineIndent={16}
      items={items}
      selectedKeys={here ? [here] : []}
      openKeys={all.filter((group) => group === current || !folded.includes(group))}
      onOpenChange={(open) => setFolded(all.filter((group) => !open.includes(group)))}
      onClick={({ key }) => {
        void navigate(key)
        onGo?.()
      }}
    />
  )
}
