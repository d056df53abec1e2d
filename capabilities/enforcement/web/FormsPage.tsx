import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { blocking, useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { Fields, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'

type Form = OutputOf<typeof operations.forms>['rows'][number]

/** 文书样式: number words, copies and remedies of the bureau's own area. Papers made before keep theirs. */
export default function FormsPage() {
  const me = useMe()
  const areaCode = me.posts.find((p) => p.areaCode)?.areaCode ?? undefined
  const read = useRead(operations.forms, areaCode ? { areaCode } : {})
  const [open, setOpen] = useState<Form>()
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active />
  return (
    <>
      <PageHead title="文书样式" note="文号用字、份数和救济告知按本地规定填写；改动只影响以后的文书。" />
      {read.data.rows.map((form) => (
        <Section key={form.type} title={`${form.type} ${form.title}`} extra={me.can('enforcement.form') && areaCode ? <Button size="small" onClick={() => setOpen(form)}>修改</Button> : undefined}>
          <Fields
            items={[
              { label: '文号用字', value: form.wordCode ?? '不编号' }, { label: '份数', value: `${form.copies}份` }, { label: '审批', value: form.approval ? '须审批' : '不需审批' }, { label: '送达', value: form.service ? '须送达' : '当场签名' },
              { label: '样式来源', value: form.areaCode === '000000000000' ? '出厂样式' : '本地样式' }, { label: '救济告知', value: form.rights, wide: true },
            ]}
          />
        </Section>
      ))}
      {open && areaCode ? (
        <ReasonDialog
          title={`修改样式：${open.title}`}
          operation={operations.setForm}
          input={{ type: open.type, areaCode }}
          initial={{ wordCode: open.wordCode, copies: open.copies, copyHolders: open.copyHolders, rights: open.rights }}
          fields={[{ key: 'wordCode', max: 4 }, { key: 'copies', kind: 'number' }, { key: 'copyHolders', hint: '{partyName} 处填入当事人名称' }, { key: 'rights', kind: 'long', max: 300, hint: '{government} 处填入本级人民政府' }]}
          confirm="保存"
          act={{ does: '以后起草的文书按新样式；已有的文书不变' }}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
    </>
  )
}
