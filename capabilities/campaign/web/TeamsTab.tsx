import { App, Button, Input, Modal, Select, Skeleton, Space } from 'antd'
import { useState } from 'react'
import { AreaPicker, areaName, useAreas } from '../../../kernel/web/areas.tsx'
import { asProblem } from '../../../kernel/web/call.ts'
import { blocking, type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { EmptyState, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Detail, Team } from '../campaign.ts'
import { operations } from '../operations.ts'
import { type MemberPart, PART_ZH, TARGET_ZH, TEAM_ZH, type TeamKind } from '../scheme.ts'
import { partOptions, targetTone, teamKindOptions } from './words.ts'

/** 小组: who goes together, and where, in the order of the way. */
export function TeamsTab({ campaign: c }: { campaign: Detail }) {
  const read = useRead(operations.teams, { id: c.id })
  const areas = useAreas()
  const [editing, setEditing] = useState<Team | 'new'>()
  const [removing, setRemoving] = useState<Team>()
  const arranges = c.actions.some((a) => a.action === 'arrange' && a.allowed)
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active />
  const add = arranges ? <Button type="primary" onClick={() => setEditing('new')}>加一个小组</Button> : null
  return (
    <>
      {read.data.teams.length ? <div className="cg-tools">{add}</div> : <EmptyState title="还没有编组" how="每组一名组长；检查企业的小组须有两名以上持证执法人员。" action={add} />}
      <div className="cg-teams">
        {read.data.teams.map((team) => (
          <section key={team.id} className="cg-team">
            <h3>{team.name} <StatusTag>{TEAM_ZH[team.kind]}</StatusTag>{c.state !== 'CLOSED' && team.kind === 'CHECK' && team.members.filter((m) => m.certificateNo).length < 2 ? <StatusTag tone="warn">持证不足两名</StatusTag> : null}</h3>
            <div>{team.members.length ? team.members.map((m) => <div key={m.personId}>{m.name}<small className="quiet"> {PART_ZH[m.part]}{m.certificateNo ? ` · 执法证 ${m.certificateNo}` : ''}{m.organisation ? ` · ${m.organisation}` : ''}</small></div>) : <span className="quiet">还没有成员</span>}</div>
            <small className="quiet">{[team.areaCode ? areaName(areas, team.areaCode) : null, team.vehicle].filter(Boolean).join(' · ')}</small>
            {team.route.length ? <ol className="cg-route">{team.route.slice(0, 12).map((stop) => <li key={stop.siteId}>{stop.enterpriseName} <StatusTag tone={targetTone[stop.state]}>{TARGET_ZH[stop.state]}</StatusTag></li>)}{team.route.length > 12 ? <li className="quiet">共 {team.route.length} 家</li> : null}</ol> : null}
            {arranges ? <Space style={{ marginTop: 8 }}><Button size="small" onClick={() => setEditing(team)}>编组</Button><Button size="small" type="text" danger onClick={() => setRemoving(team)}>撤销</Button></Space> : null}
          </section>
        ))}
      </div>
      {editing ? <TeamDialog c={c} team={editing === 'new' ? undefined : editing} count={read.data.teams.length} close={() => setEditing(undefined)} /> : null}
      {removing ? <ReasonDialog title={`撤销${removing.name}`} operation={operations.removeTeam} input={{ id: c.id, teamId: removing.id, baseVersion: removing.version }} confirm="撤销" danger onClose={() => setRemoving(undefined)} /> : null}
    </>
  )
}

function TeamDialog({ c, team, count, close }: { c: Detail; team: Team | undefined; count: number; close: () => void }) {
  const { message } = App.useApp()
  const [id] = useState(team?.id ?? newId())
  const [name, setName] = useState(team?.name ?? `第${count + 1}组`)
  const [kind, setKind] = useState<TeamKind>(team?.kind ?? 'CHECK')
  const [area, setArea] = useState<string | undefined>(team?.areaCode ?? undefined)
  const [vehicle, setVehicle] = useState(team?.vehicle ?? '')
  const [members, setMembers] = useState(team?.members.map((m) => ({ personId: m.personId, name: m.name, part: m.part })) ?? [])
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const people = useRead(operations.candidates, { id: c.id, ...(typed.trim() ? { q: typed.trim() } : {}) })
  const save = useCommand(operations.setTeam)
  const options = (people.data?.people ?? []).filter((p) => !members.some((m) => m.personId === p.personId)).map((p) => ({ value: p.personId, label: `${p.name}（${[p.organisation, p.certificateNo ? '持证' : null, p.teamName].filter(Boolean).join(' · ')}）`, person: p }))
  const pick = (personId: string) => {
    const p = people.data?.people.find((x) => x.personId === personId)
    if (p) setMembers([...members, { personId, name: p.name, part: members.length === 0 ? 'LEADER' : p.certificateNo ? 'OFFICER' : 'GRID' }])
    setTyped('')
  }
  const set = (personId: string, part: MemberPart) => setMembers(members.map((m) => (m.personId === personId ? { ...m, part } : m)))
  const send = () => {
    setProblem(undefined)
    save.run({ id: c.id, teamId: id, ...(team ? { baseVersion: team.version } : {}), name, kind, areaCode: area ?? null, vehicle, members: members.map(({ personId, part }) => ({ personId, part })) })
      .then(() => { void message.success('已编组'); close() }, (thrown: unknown) => setProblem(asProblem(thrown)))
  }
  return (
    <Modal open title={team ? `编组：${team.name}` : '加一个小组'} onCancel={close} okText="保存" cancelText="取消" onOk={send} confirmLoading={save.running} width={620}>
      <Space orientation="vertical" style={{ width: '100%' }} size={12}>
        <Space wrap><Input style={{ width: 200 }} value={name} maxLength={40} aria-label="小组名称" onChange={(e) => setName(e.target.value)} /><Select style={{ width: 120 }} options={teamKindOptions} value={kind} onChange={setKind} /><Input style={{ width: 150 }} value={vehicle} maxLength={40} placeholder="车辆" onChange={(e) => setVehicle(e.target.value)} /></Space>
        <AreaPicker value={area} onChange={setArea} placeholder="负责的区划（可不填）" />
        <Select style={{ width: '100%' }} showSearch={{ filterOption: false, onSearch: setTyped }} value={null} placeholder="输入姓名或单位添加成员" options={options} onChange={pick} notFoundContent={people.isFetching ? '正在查找' : '没有找到'} />
        {members.map((m, i) => (
          <Space key={m.personId} wrap>
            <span style={{ display: 'inline-block', width: 90 }}>{m.name}</span>
            <Select style={{ width: 130 }} options={partOptions} value={m.part} onChange={(part: MemberPart) => set(m.personId, part)} />
            <Button type="text" onClick={() => setMembers(members.filter((x) => x.personId !== m.personId))}>移除</Button>
            <span className="ag-late-text" style={{ color: '#a3261a' }}>{problem?.fields.find((f) => f.path === `members.${i}.personId`)?.message}</span>
          </Space>
        ))}
        {problem ? <ProblemView problem={problem} /> : null}
      </Space>
    </Modal>
  )
}
