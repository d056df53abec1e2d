import { Button, Skeleton } from 'antd'
import { Link } from 'react-router'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import { KIND_ZH } from '../scheme.ts'
import './campaign.css'
import { useChecklists } from './checklists.ts'
import { packSource } from './words.ts'

/** 行动包: what an action may start from; the bureau's own stands in the place of the shipped one. */
export default function PackList() {
  const read = useRead(operations.packs, {})
  const lists = useChecklists()
  const plans = useMe().can('campaign.plan')
  return (
    <>
      <PageHead title="行动包" back={{ to: '/campaigns', label: '专项行动' }} note="拟制行动时从行动包开始。修改后存为本局的一版，系统自带的仍在；已建立的行动不受影响。" />
      {read.error ? <ProblemView problem={read.error} onRetry={() => void read.refetch()} /> : null}
      {!read.data && !read.error ? <Skeleton active /> : null}
      {read.data ? (
        <Section flush>
          <div className="cg-scroll">
            <table className="cg-table">
              <thead><tr><th>行动包</th><th>类型</th><th>说明</th><th>检查表</th><th>来源</th><th /></tr></thead>
              <tbody>
                {read.data.packs.map((p) => (
                  <tr key={p.code}>
                    <td style={{ whiteSpace: 'nowrap' }}><Link to={`/campaigns/packs/${p.code}`}>{p.name}</Link></td>
                    <td style={{ whiteSpace: 'nowrap' }}>{KIND_ZH[p.kind]}</td>
                    <td>{p.summary}</td>
                    <td>{lists.namesOf(p.scheme.checklists)}</td>
                    <td><StatusTag tone={p.own ? 'wait' : 'plain'}>{packSource(p)}</StatusTag>{p.savedAt ? <><br /><small className="quiet">{p.savedByName} {zhDateTime(p.savedAt)}</small></> : null}</td>
                    <td style={{ whiteSpace: 'nowrap' }}><Link to={`/campaigns/packs/${p.code}`}><Button size="small" type="link">{plans ? '修改' : '查看'}</Button></Link>{plans ? <Link to={`/campaigns/packs/${p.code}?copy=1`}><Button size="small" type="link">以它新建</Button></Link> : null}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Section>
      ) : null}
    </>
  )
}
