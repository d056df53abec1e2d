import { Button } from 'antd'
import { Link } from 'react-router'
import { useKept } from '../../../kernel/web/kept.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { Section } from '../../../kernel/web/parts.tsx'

interface Step {
  readonly verb: string
  readonly to: string
  readonly title: string
  readonly how: string
}

/** In the order of a first day; the first three that one's verbs allow are shown. */
const steps: readonly Step[] = [
  { verb: 'staff.account', to: '/people', title: '建立人员账号', how: '建账号和给岗位须由系统管理员、安全管理员两人分别办理。' },
  { verb: 'staff.grant', to: '/people', title: '授予岗位和辖区', how: '岗位决定能做什么，辖区决定看得到谁。' },
  { verb: 'ledger.read', to: '/ledger', title: '校验账本', how: '每次办理都封入前后相连的账本，改动一个字节也能查出。' },
  { verb: 'setting.write', to: '/settings', title: '核对参数', how: '期限、频次等参数逐项有依据，修改须写理由。' },
  { verb: 'audit.read', to: '/audit', title: '查看审计日志', how: '登录、授权、导出和查看电话都有记录，不能关闭。' },
  { verb: 'visit.inspect', to: '/visits', title: '看今天的检查任务', how: '行政检查须两名持证人员；到场先扫码，离场前补齐记录。' },
  { verb: 'visit.patrol', to: '/visits', title: '看今天要走的企业', how: '巡查只记事实，不作行政检查；能现场改的当场改。' },
  { verb: 'visit.selfcheck', to: '/visits', title: '做一次企业自查', how: '按检查表逐项自查，发现的隐患自己先改。' },
  { verb: 'hazard.submit', to: '/hazards', title: '看本企业的隐患', how: '按期整改后拍照提交，到期前可申请延期。' },
  { verb: 'enterprise.edit', to: '/enterprises', title: '核对监管对象', how: '地址、负责人、状态有变时随手更正，每次更正都留痕。' },
  { verb: 'hazard.confirm', to: '/hazards', title: '核定上报的隐患', how: '核定等级、期限和依据，一般隐患可成批核定。' },
  { verb: 'statistics.read', to: '/enterprises', title: '认一认辖区里的企业', how: '按拼音首字母、电话后四位都能搜到。' },
  { verb: 'hazard.read', to: '/hazards', title: '看看隐患台账', how: '每个数字都能点开它的名单，名单条数与数字相等。' },
]

/** For somebody new, until he says that he knows. */
export function FirstSteps() {
  const [known, setKnown] = useKept('steps.known', false)
  const { can } = useMe()
  const mine = steps.filter((step) => can(step.verb)).slice(0, 3)
  if (known || mine.length === 0) return null
  return (
    <Section title={mine.length === 3 ? '从这三步开始' : '从这里开始'} extra={<Button type="link" size="small" onClick={() => setKnown(true)}>知道了，不再显示</Button>}>
      <ol className="ag-steps">
        {mine.map((step, i) => (
          <li key={step.title}>
            <span className="ag-step-no">{i + 1}</span>
            <div>
              <Link to={step.to}>{step.title}</Link>
              <p className="quiet">{step.how}</p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}
