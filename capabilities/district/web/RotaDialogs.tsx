import { Select } from 'antd'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { operations } from '../operations.ts'
import type { RotaPerson, SwapView } from './RotaCalendar.tsx'

/** For one grid, or for a whole area when `gridIds` is left out. */
export function MakeRotaDialog({ gridIds, onClose }: { gridIds?: readonly string[]; onClose: () => void }) {
  const today = localDate(serverNow())
  return (
    <ReasonDialog
      title="按 5+2 生成排班"
      operation={operations.makeRota}
      input={gridIds ? { gridIds: [...gridIds] } : {}}
      initial={{ from: today, to: addDays(today, 27) }}
      fields={[...(gridIds ? [] : [{ key: 'areaCode', kind: 'area' as const, required: false, hint: '不选则为管辖范围内全部安格' }]), { key: 'from', kind: 'date' as const }, { key: 'to', kind: 'date' as const, hint: '最多 62 天' }]}
      act={{ does: '工作日全员在岗，休息日至少一人轮值；每人连续工作不超过六天，轮值多的补休一个工作日。原有排班和换班在这段日期内被替换。', clause: '劳动法第三十八条' }}
      confirm="生成"
      onClose={onClose}
    />
  )
}

export function SetDayDialog({ rota, day, people, onClose }: { rota: OutputOf<typeof operations.rota>; day: string; people: readonly RotaPerson[]; onClose: () => void }) {
  return (
    <ReasonDialog
      title={`${zhDate(day)} 值守`}
      operation={operations.setDay}
      input={{ id: rota.gridId, baseVersion: rota.rotaVersion, day }}
      initial={{ personIds: rota.duties.filter((d) => d.day === day).map((d) => d.personId) }}
      fields={[{ key: 'personIds', kind: 'choices', required: false, options: unique(people).map((p) => ({ value: p.personId, label: p.name })), hint: '可以留空：这一天列为无人值守' }, { key: 'reason', kind: 'long', max: 200 }]}
      prepare={(values) => ({ ...values, personIds: values.personIds ?? [] })}
      confirm="保存"
      onClose={onClose}
    />
  )
}

const unique = (people: readonly RotaPerson[]): RotaPerson[] => [...new Map(people.map((p) => [p.personId, p])).values()]

export function AskSwapDialog({ gridId, people, onClose }: { gridId: string; people: readonly RotaPerson[]; onClose: () => void }) {
  const { personId } = useMe()
  const options = unique(people).map((p) => ({ value: p.personId, label: p.name }))
  return (
    <ReasonDialog
      title="申请换班"
      operation={operations.askSwap}
      input={{ id: gridId, swapId: newId() }}
      {...(options.some((o) => o.value === personId) ? { initial: { fromPerson: personId } } : {})}
      fields={[
        { key: 'fromPerson', kind: 'own', own: (value, set) => <Select value={typeof value === 'string' ? value : null} options={options} onChange={set} /> },
        { key: 'day', label: '要换出的日期', kind: 'date' }, { key: 'toPerson', kind: 'choice', options }, { key: 'returnDay', kind: 'date', required: false, hint: '替班人原来当值、由您来还的一天；不还班可以不填' }, { key: 'reason', kind: 'long', max: 200 },
      ]}
      prepare={(values) => ({ ...values, returnDay: values.returnDay ?? null })}
      act={{ does: '经格长或街道批准后生效，之前仍按原排班。' }}
      confirm="提出申请"
      onClose={onClose}
    />
  )
}

export function DecideSwapDialog({ swap, onClose }: { swap: SwapView; onClose: () => void }) {
  return (
    <ReasonDialog
      title="审批换班"
      operation={operations.decideSwap}
      input={{ id: swap.id, baseVersion: swap.version }}
      initial={{ approve: true, note: '' }}
      fields={[{ key: 'approve', label: '决定', kind: 'own', own: (value, set) => <Select value={value === true} options={[{ value: true, label: '同意' }, { value: false, label: '不同意' }] as never} onChange={(next) => set(next)} /> }, { key: 'note', label: '意见', kind: 'long', max: 200, required: false }]}
      prepare={(values) => ({ ...values, note: values.note ?? '' })}
      act={{ does: `${zhDate(swap.day)} 由 ${swap.toName} 代 ${swap.fromName}${swap.returnDay ? `，${zhDate(swap.returnDay)} 由 ${swap.fromName} 还班` : ''}`, whom: `${swap.fromName}、${swap.toName}` }}
      confirm="确定"
      onClose={onClose}
    />
  )
}

export function WithdrawSwapDialog({ swap, onClose }: { swap: SwapView; onClose: () => void }) {
  return <ReasonDialog title="撤回换班申请" operation={operations.withdrawSwap} input={{ id: swap.id, baseVersion: swap.version }} fields={[]} act={{ does: '申请撤回，仍按原排班。' }} confirm="撤回" onClose={onClose} />
}
