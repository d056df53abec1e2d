import { EmptyState, PageHead } from '../../../kernel/web/parts.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { FirstSteps } from './FirstSteps.tsx'
import { Recent } from './Recent.tsx'
import { Streets } from './Streets.tsx'
import { Today } from './Today.tsx'
import { Todos } from './Todos.tsx'

/** 工作台: what waits for me, what happened today in my reach, what is new. A leader sees the streets first. */
export default function Home() {
  const { can, name, posts } = useMe()
  const leads = can(['hazard.close_major', 'hazard.supervise'])
  return (
    <>
      <PageHead title="工作台" note={`${name}　${posts.map((p) => (p.reach ? `${p.roleName}（${p.reach}）` : p.roleName)).join('、')}`} />
      {leads ? null : <FirstSteps />}
      {can(['todo.read', 'hazard.read', 'statistics.read']) ? null : <EmptyState title="您的岗位没有业务待办" how="系统管理、授权和审计在左侧“系统”里。" />}
      <div className="ag-cols">
        <div>
          {leads && can('statistics.read') ? <Streets /> : null}
          {can(['todo.read', 'staff.office']) ? <Todos /> : null}
        </div>
        <div>
          {can('statistics.read') ? <Today /> : null}
          {can(['hazard.read', 'visit.read', 'enterprise.read', 'enforcement.read']) ? <Recent /> : null}
        </div>
      </div>
      {leads ? <FirstSteps /> : null}
    </>
  )
}
