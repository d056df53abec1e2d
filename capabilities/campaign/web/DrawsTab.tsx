import { App, Button, InputNumber, Modal, Select, Skeleton, Space } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { addDays, instantOf, localDate } from '../../../kernel/core/time.ts'
import { zhDate, zhMoment } from '../../../kernel/core/time-zh.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import { blocking, type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { FieldInput } from '../../../kernel/web/form-inputs.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { EmptyState, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Tone } from '../../../kernel/web/tokens.ts'
import type { Detail } from '../campaign.ts'
import { DRAW_ZH, STRATA, STRATUM_ZH } from '../drawing.ts'
import { operations } from '../operations.ts'

export const drawTone: Record<keyof typeof DRAW_ZH, Tone> = { FROZEN: 'warn', DRAWN: 'wait', PUBLISHED: 'done', VOID: 'plain' }

/** 随机抽取 of an action, newest first. */
export function DrawsTab({ campaign: c }: { campaign: Detail }) {
  const read = useRead(operations.draws, { id: c.id })
  const [freezing, setFreezing] = useState(false)
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active />
  const add = read.data.mayFreeze ? <Button type="primary" onClick={() => setFreezing(true)}>冻结一份名单</Button> : null
  return (
    <>
      {read.data.draws.length ? (
        <>
          <div className="cg-tools">{add}</div>
          <div className="cg-scroll">
            <table className="cg-table">
              <thead><tr><th>抽取</th><th>状态</th><th className="cg-n">名单</th><th className="cg-n">抽中</th><th>冻结</th><th>公共随机值产生</th></tr></thead>
              <tbody>{read.data.draws.map((d) => <tr key={d.id}><td><Link to={`/campaigns/${c.id}/draws/${d.id}`}>{d.title}</Link><br /><small className="quiet ag-num">{d.no}</small></td><td><StatusTag tone={drawTone[d.state]}>{DRAW_ZH[d.state]}</StatusTag></td><td className="cg-n">{d.poolSize}</td><td className="cg-n">{d.drawn || '—'}</td><td>{zhMoment(d.frozenAt, serverNow())}</td><td>{zhMoment(d.publicAt, serverNow())}</td></tr>)}</tbody>
            </table>
          </div>
        </>
      ) : <EmptyState title="还没有抽取" how="冻结名单 → 两方以上交承诺并揭示 → 公共随机值产生 → 抽取。谁也不能挑选，任何人可以重算。" action={add} />}
      {freezing ? <FreezeDialog c={c} close={() => setFreezing(false)} /> : null}
    </>
  )
}

const shipped: Readonly<Record<string, number>> = { RED: 100, ORANGE: 50, YELLOW: 20, BLUE: 5, NONE: 20 }

function FreezeDialog({ c, close }: { c: Detail; close: () => void }) {
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [drawId] = useState(newId)
  const tomorrow = addDays(localDate(serverNow()), 1)
  const [title, setTitle] = useState(`${c.name}双随机抽取`)
  const [source, setSource] = useState(`上证指数 ${zhDate(tomorrow)}收盘点位`)
  const [at, setAt] = useState(instantOf(tomorrow, '15:00').toISOString())
  const [strata, setStrata] = useState<Record<string, { rate: number; reserves: number } | undefined>>({ RED: { rate: 100, reserves: 0 }, ORANGE: { rate: 50, reserves: 3 }, YELLOW: { rate: 20, reserves: 3 }, BLUE: { rate: 5, reserves: 3 } })
  const [officers, setOfficers] = useState<string[]>([])
  const [problem, setProblem] = useState<Problem>()
  const people = useRead(operations.candidates, { id: c.id })
  const freeze = useCommand(operations.freezeDraw)
  const certified = (people.data?.people ?? []).filter((p) => p.certificateNo)
  const send = () => {
    setProblem(undefined)
    const asked = STRATA.flatMap((stratum) => (strata[stratum] ? [{ stratum, permille: Math.round(strata[stratum].rate * 10), reserves: strata[stratum].reserves }] : []))
    freeze.run({ id: c.id, drawId, title, strata: asked, officerIds: officers, publicSource: source, publicAt: at }).then(() => { void message.success('名单已冻结，摘要已公布'); void navigate(`/campaigns/${c.id}/draws/${drawId}`) }, (thrown: unknown) => setProblem(asProblem(thrown)))
  }
  return (
    <Modal open title="冻结抽取名单" onCancel={close} okText="冻结" cancelText="取消" onOk={send} confirmLoading={freeze.running} width={640}>
      <Space orientation="vertical" style={{ width: '100%' }} size={12}>
        <p className="quiet" style={{ margin: 0 }}>名单是此刻符合方案条件、未查未领的场所；冻结后不能再改，摘要立即公布。</p>
        <FieldInput field={{ key: 'title' }} value={title} onChange={(v) => setTitle(String(v))} />
        <table className="cg-table">
          <thead><tr><th>风险等级</th><th>抽取比例</th><th>备选家数</th></tr></thead>
          <tbody>
            {STRATA.map((s) => {
              const rule = strata[s]
              const set = (next: Partial<{ rate: number; reserves: number }>) => setStrata({ ...strata, [s]: { rate: rule?.rate ?? shipped[s]!, reserves: rule?.reserves ?? 0, ...next } })
              return (
                <tr key={s}>
                  <td><label><input type="checkbox" checked={!!rule} onChange={(e) => setStrata({ ...strata, [s]: e.target.checked ? { rate: shipped[s]!, reserves: 3 } : undefined })} /> {STRATUM_ZH[s]}</label></td>
                  <td><InputNumber min={0.1} max={100} precision={1} suffix="%" disabled={!rule} value={rule?.rate ?? null} onChange={(n) => set({ rate: n ?? 100 })} aria-label={`${STRATUM_ZH[s]}抽取比例`} /></td>
                  <td><InputNumber min={0} max={200} disabled={!rule} value={rule?.reserves ?? null} onChange={(n) => set({ reserves: n ?? 0 })} aria-label={`${STRATUM_ZH[s]}备选家数`} /></td>
                </tr>
              )
            })}
          </tbody>
        </table>
        <Select mode="multiple" allowClear style={{ width: '100%' }} placeholder="随机选派的执法人员（不选则只抽对象）；您本人不参加检查" options={certified.map((p) => ({ value: p.personId, label: `${p.name}（${p.certificateNo}）` }))} showSearch={{ optionFilterProp: 'label' }} value={officers} onChange={setOfficers} />
        <label>公共随机值及出处（谁也不能左右、之后人人可查）<FieldInput field={{ key: 'publicSource' }} value={source} onChange={(v) => setSource(String(v))} /></label>
        <label>何时产生：承诺和揭示须在此之前完成 <FieldInput field={{ key: 'publicAt', kind: 'moment' }} value={at} onChange={(v) => setAt(String(v))} /></label>
        {problem ? <ProblemView problem={problem} /> : null}
      </Space>
    </Modal>
  )
}
