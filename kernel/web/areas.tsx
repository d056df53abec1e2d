import { TreeSelect } from 'antd'
import { type CSSProperties, createContext, useContext } from 'react'

/** One area of the tree, 12-digit code; children in the bureau's order. */
export interface AreaNode {
  readonly code: string
  readonly name: string
  readonly children?: readonly AreaNode[]
}

/** The areas of the signed-in person's reach; the console fills it from the operations of the district. */
export const AreasContext = createContext<readonly AreaNode[]>([])
export const useAreas = (): readonly AreaNode[] => useContext(AreasContext)

/** Name of a code in the tree, with the street before a community; the code itself when it is not in reach. */
export function areaName(areas: readonly AreaNode[], code: string): string {
  for (const area of areas) {
    if (area.code === code) return area.name
    const below = area.children ? areaName(area.children, code) : code
    if (below !== code) return below
  }
  return code
}

/** Picks an area from the tree; type to find. */
export function AreaPicker({ value, onChange, areas, style, placeholder = '全部区划' }: { value?: string | undefined; onChange?: (code: string | undefined) => void; areas?: readonly AreaNode[]; style?: CSSProperties; placeholder?: string }) {
  const own = useAreas()
  const tree = areas ?? own
  return (
    <TreeSelect
      allowClear
      showSearch={{ treeNodeFilterProp: 'title' }}
      style={style ?? { width: '100%' }}
      placeholder={placeholder}
      value={value ?? null}
      treeData={tree.map(toTree)}
      treeDefaultExpandedKeys={trunkOf(tree)}
      popupMatchSelectWidth={false}
      notFoundContent="没有匹配的区划"
      onChange={(code: string | null | undefined) => onChange?.(code ?? undefined)}
    />
  )
}

/** Open down to where the tree first branches: a province with one city with one district is no choice. */
function trunkOf(tree: readonly AreaNode[]): string[] {
  const only = tree.length === 1 ? tree[0] : undefined
  return only ? [only.code, ...trunkOf(only.children ?? [])] : []
}

interface TreeItem {
  value: string
  key: string
  title: string
  children?: TreeItem[]
}

const toTree = (area: AreaNode): TreeItem => ({ value: area.code, key: area.code, title: area.name, ...(area.children && area.children.length > 0 ? { children: area.children.map(toTree) } : {}) })
