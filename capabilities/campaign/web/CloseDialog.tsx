import { Modal, Skeleton } from 'antd'
import { useRead } from '../../../kernel/web/client.ts'
import { type LegalAct, ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Detail } from '../campaign.ts'
import { operations } from '../operations.ts'
import { closingDraft } from '../report-page.ts'

interface Shared {
  readonly title: string
  readonly confirm: string
  readonly act: LegalAct
  onClose(): void
}

/** 办结: the report begins with what stays to be done, so that whoever led the night checks it and adds his own. */
export function CloseDialog({ campaign: c, shared }: { campaign: Detail; shared: Shared }) {
  const { data: r, error, refetch } = useRead(operations.report, { id: c.id })
  if (!r) return <Modal open title={shared.title} footer={null} onCancel={shared.onClose} width={720}>{error ? <ProblemView problem={error} onRetry={() => void refetch()} /> : <Skeleton active paragraph={{ rows: 6 }} />}</Modal>
  const t = r.totals
  const common = r.common.slice(0, 5).map((g) => `${g.name} ${g.sites}/${g.checked}家`).join('；')
  const below = (
    <div className="quiet cg-closing">
      <p>战果由系统写进总结 Word，这里写评价和下一步；开头已按现有记录写好，请核对。</p>
      <p>出动 {t.people} 人（{t.persons} 人次），检查园区 {t.parks} 个、企业 {t.firms} 家、场所 {t.places} 家，检查、巡查共 {t.checks} 家次；上报隐患 {t.found} 处（含待核定；重大 {t.major}），现场整改 {t.fixed} 处，责令整改文书 {r.orders} 份，查封 {r.sealed} 家；未销号 {r.openHazards} 处，名单中未查 {r.unvisited} 家。</p>
      {common ? <p>共性问题：{common}。</p> : null}
    </div>
  )
  return <ReasonDialog {...shared} width={720} operation={operations.close} input={{ id: c.id, baseVersion: c.version }} draft={`campaign-close-${c.id}`} initial={{ closing: closingDraft(r) }} fields={[{ key: 'closing', label: '总结', kind: 'long', rows: 8, max: 4000 }]} below={below} />
}
