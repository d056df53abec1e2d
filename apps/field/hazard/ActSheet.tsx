import { Toast } from 'antd-mobile'
import { useState } from 'react'
import type { HazardAction } from '../../../capabilities/hazard/lifecycle.ts'
import type { HazardRow } from '../../../capabilities/sync/rows.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { queueCommand } from '../data/queue.ts'
import { useWork } from '../data/work.ts'
import { AfterPhoto } from '../parts/AfterPhoto.tsx'
import { Photos } from '../parts/camera.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { Refusal } from '../parts/states.tsx'
import { type ActForm, actForms, commandOf, gapsOfAct, nothingTyped, type Typed } from './acts.ts'
import { certifiedOn, type OfficerRow } from './officers.ts'

/** One act on a hazard: what it asks, put into the queue, with the name of the version that was seen. */
export function ActSheet({ hazard, act, onClose }: { hazard: HazardRow; act: { action: HazardAction; label: string } | undefined; onClose: () => void }) {
  return <Sheet open={act !== undefined} title={act?.label ?? ''} tall onClose={onClose}>{act ? <Form key={act.action} hazard={hazard} action={act.action} label={act.label} onClose={onClose} /> : null}</Sheet>
}

function Form({ hazard, action, label, onClose }: { hazard: HazardRow; action: HazardAction; label: string; onClose: () => void }) {
  const { me, store, sender } = useWork()
  const form = actForms[action]!(hazard)
  const [typed, setTyped] = useState<Typed>({ ...nothingTyped, officers: form.officers ? [...new Set([me.personId, ...hazard.reinspectors])] : [] })
  const [tried, setTried] = useState(false)
  const day = localDate(serverNow())
  const people = useLive(() => store.person.toArray(), [store]) ?? []
  const all: OfficerRow[] = people
  const gaps = gapsOfAct(form, typed, hazard, all, day)
  const set = (more: Partial<Typed>) => setTyped((before) => ({ ...before, ...more }))
  const hand = async () => {
    setTried(true)
    const made = commandOf(action, hazard, typed)
    if (gaps.length > 0 || !made) return
    await queueCommand(store, { ...made, aggregate: `hazard:${hazard.id}`, title: `${label} · ${hazard.no}`, photos: [...typed.photos, ...typed.reports] } as Parameters<typeof queueCommand>[1])
    void sender.wake()
    Toast.show({ icon: 'success', content: '已存，将自动发送' })
    onClose()
  }
  return (
    <>
      {form.photos ? <AfterPhoto before={hazard.photos.find((photo) => photo.role === 'BEFORE')?.id} ids={typed.photos} onChange={(photos) => set({ photos })} /> : null}
      {form.reports ? <Photos ids={typed.reports} label={form.reports} onChange={(reports) => set({ reports })} /> : null}
      {form.officers ? <Officers people={all.filter((person) => certifiedOn(person, day) || typed.officers.includes(person.id))} chosen={typed.officers} onChange={(officers) => set({ officers })} /> : null}
      {form.plan ? <Plan typed={typed} major={hazard.level === 'MAJOR'} onChange={set} /> : null}
      {form.note ? <label className="f-field">{form.note.label}<textarea className="f-area" value={typed.note} maxLength={1000} onChange={(event) => set({ note: event.target.value })} /></label> : null}
      <DayPick form={form} typed={typed} today={day} onChange={set} />
      {form.lifted ? <label className="f-line"><span>{form.lifted}</span><input type="checkbox" className="f-check" checked={typed.lifted} onChange={(event) => set({ lifted: event.target.checked })} /></label> : null}
      {tried && gaps.length > 0 ? <Refusal title={gaps.join('；')} /> : null}
      <button type="button" className="f-btn f-btn-main f-stick" onClick={() => void hand()}>{label}</button>
    </>
  )
}

function DayPick({ form, typed, today, onChange }: { form: ActForm; typed: Typed; today: string; onChange: (more: Partial<Typed>) => void }) {
  if (!form.day) return null
  return (
    <div className="f-field">{form.day.label}{form.day.must ? '' : '（可不选）'}
      <div className="f-chips">{[3, 7, 15, 30].map((days) => addDays(today, days)).map((day, i) => <button key={day} type="button" aria-pressed={typed.day === day} onClick={() => onChange({ day })}>{[3, 7, 15, 30][i]} 天</button>)}</div>
      <input type="date" className="f-input" value={typed.day} min={today} aria-label={form.day.label} onChange={(event) => onChange({ day: event.target.value })} />
      {typed.day ? <span>{zhDate(typed.day)} 24:00 前</span> : null}
    </div>
  )
}

function Officers({ people, chosen, onChange }: { people: readonly OfficerRow[]; chosen: readonly string[]; onChange: (ids: string[]) => void }) {
  const rest = people.filter((person) => !chosen.includes(person.id))
  return (
    <div className="f-field">执法人员（两名以上）
      <div className="f-chips">{people.filter((person) => chosen.includes(person.id)).map((person) => <button key={person.id} type="button" aria-pressed onClick={() => onChange(chosen.filter((id) => id !== person.id))}>{person.name} ×</button>)}</div>
      <select className="f-input" value="" aria-label="加入执法人员" onChange={(event) => event.target.value && onChange([...chosen, event.target.value])}>
        <option value="">加入持证执法人员…</option>
        {rest.map((person) => <option key={person.id} value={person.id}>{person.name}（{person.certificateNo}）</option>)}
      </select>
    </div>
  )
}

/** 五落实; a major hazard's plan is signed by the principal and names goal and team as well. */
function Plan({ typed, major, onChange }: { typed: Typed; major: boolean; onChange: (more: Partial<Typed>) => void }) {
  const line = (key: keyof Typed['plan'], label: string, long = false) => {
    const props = { value: typed.plan[key], 'aria-label': label, onChange: (event: { target: { value: string } }) => onChange({ plan: { ...typed.plan, [key]: event.target.value } }) }
    return <label className="f-field">{label}{long ? <textarea className="f-area" maxLength={1000} {...props} /> : <input className="f-input" maxLength={60} inputMode={key === 'fund' ? 'decimal' : 'text'} {...props} />}</label>
  }
  return <>{line('measures', '整改措施', true)}{line('responsible', '责任人')}{line('fund', '资金（元）')}{line('emergency', '应急预案', true)}{major ? <>{line('goal', '目标任务', true)}{line('team', '机构人员', true)}</> : null}</>
}
