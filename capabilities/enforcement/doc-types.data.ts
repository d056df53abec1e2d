import type { DocType, Need } from './doc-type.ts'

/**
 * The forms as shipped; a bureau overrides number words, copies and remedies for its own area. The words follow the older safety
 * papers with 应急 in place of 安监: to be confirmed by the bureau's legal clerk (domain §3.4, uncertain).
 */
const remedy =
  '如不服本决定，可以自收到本文书之日起六十日内向{government}申请行政复议，或者自收到之日起六个月内依法向有管辖权的人民法院提起行政诉讼；复议、诉讼期间本文书不停止执行，法律另有规定的除外。'
const twoCopies = { copies: 2, copyHolders: '一份由本机关存档，一份交{partyName}' } as const
const law = { effect: 'LEGAL', minOfficers: 2, certificates: true, visits: 'INSPECTION' } as const
const finishedRecord: Need = { types: ['D04'], where: 'SAME_VISIT', states: ['SIGNED', 'SERVED'] }

export const shippedDocTypes: readonly DocType[] = [
  {
    ...law, ...twoCopies, type: 'D04', title: '现场检查记录', wordCode: null, approval: false, service: false, needs: [], hazards: 'ANY', basisNeeded: false, rights: null,
    sections: [
      { kind: 'party' },
      { kind: 'text', text: '检查时间：{startTime}至{endTime}。' },
      { kind: 'text', text: '检查场所：{siteName}。现场负责人：{companion}，职务：{companionDuty}。' },
      { kind: 'text', text: '检查人员出示执法证件，说明检查事由，告知陈述申辩和申请回避的权利。检查人员：{officers}。' },
      { kind: 'free', from: 'checked', label: '检查内容' },
      { kind: 'heading', text: '检查情况' },
      { kind: 'text', text: '本次共检查{asked}项，符合{complies}项，不适用{notApplicable}项；发现问题{foundZh}项，其中当场改正{fixedZh}项。' },
      { kind: 'items', as: 'PROBLEMS', none: '未发现问题。' },
      { kind: 'free', from: 'handling', label: '处理意见' },
      { kind: 'blank' },
      { kind: 'recipient', label: '被检查单位现场负责人' },
      { kind: 'officers', label: '检查人员' },
      { kind: 'copies' },
    ],
  },
  {
    ...law, ...twoCopies, type: 'D05', title: '现场处理措施决定书', wordCode: '现决', approval: true, service: true, needs: [finishedRecord], hazards: 'STOPPABLE', basisNeeded: true, rights: remedy,
    sections: [
      { kind: 'party' },
      { kind: 'text', text: '{partyName}：', flush: true },
      { kind: 'text', text: '本机关于{checkDate}对你单位（{siteName}）现场检查时，发现下列事故隐患{countZh}项：' },
      { kind: 'items', as: 'PROBLEMS', none: '' },
      { kind: 'text', text: '上述隐患在排除前或者排除过程中无法保证安全。依据《中华人民共和国安全生产法》第六十五条第一款第（三）项，现对你单位作出下列现场处理措施决定：' },
      { kind: 'measures', options: [{ code: 'EVACUATE', text: '从危险区域内撤出作业人员' }, { code: 'STOP_PRODUCTION', text: '暂时停产停业' }, { code: 'STOP_USE', text: '停止使用相关设施、设备' }] },
      { kind: 'free', from: 'scope', label: '适用范围' },
      { kind: 'free', from: 'until', label: '期限' },
      { kind: 'text', text: '并责令你单位按下列期限排除隐患：' },
      { kind: 'items', as: 'ORDERS', none: '' },
      { kind: 'text', text: '隐患排除后，须经本机关审查同意，方可恢复生产经营和使用。' },
      { kind: 'rights' },
      { kind: 'blank' },
      { kind: 'recipient', label: '被检查单位负责人' },
      { kind: 'officers', label: '执法人员' },
      { kind: 'seal' },
      { kind: 'copies' },
    ],
  },
  {
    ...law, ...twoCopies, type: 'D06', title: '责令限期整改指令书', wordCode: '责改', approval: true, service: true, needs: [finishedRecord], hazards: 'CONFIRMED', basisNeeded: true, rights: remedy,
    sections: [
      { kind: 'party' },
      { kind: 'text', text: '{partyName}：', flush: true },
      { kind: 'text', text: '经{checkDate}现场检查（{siteName}），你单位存在下列问题{countZh}项：' },
      { kind: 'items', as: 'PROBLEMS', none: '' },
      { kind: 'text', text: '依据《中华人民共和国安全生产法》第六十五条第一款第（二）项，现责令你单位按下列期限整改完毕：' },
      { kind: 'items', as: 'ORDERS', none: '' },
      { kind: 'text', text: '整改期间应当采取措施保证安全。整改完毕后请及时向本机关提出复查申请；逾期未申请的，本机关将在期满后依法复查。' },
      { kind: 'rights' },
      { kind: 'blank' },
      { kind: 'recipient', label: '被检查单位负责人' },
      { kind: 'officers', label: '执法人员' },
      { kind: 'seal' },
      { kind: 'copies' },
    ],
  },
  {
    ...law, ...twoCopies, type: 'D07', title: '整改复查意见书', wordCode: '复查', approval: true, service: true, needs: [{ types: ['D05', 'D06'], where: 'REFERRED', states: ['SERVED'] }], hazards: 'REFERRED', basisNeeded: false, rights: null,
    sections: [
      { kind: 'party' },
      { kind: 'text', text: '{partyName}：', flush: true },
      { kind: 'text', text: '本机关于{referDate}向你单位送达《{referTitle}》{referNo}。{checkDate}，本机关对整改情况进行复查，逐项意见如下：' },
      { kind: 'items', as: 'RESULTS', none: '' },
      { kind: 'text', text: '复查{countZh}项，合格{passedZh}项，不合格{failedZh}项。' },
      { kind: 'verdict', passed: '复查项目均已整改，同意销号。', failed: '未整改合格的项目，你单位应当继续整改，并在上列期限前完成。' },
      { kind: 'free', from: 'opinion', label: '复查意见' },
      { kind: 'blank' },
      { kind: 'recipient', label: '被复查单位负责人' },
      { kind: 'officers', label: '复查人员' },
      { kind: 'seal' },
      { kind: 'copies' },
    ],
  },
  {
    ...twoCopies, type: 'D30', title: '隐患整改建议书', wordCode: '服', effect: 'ADVICE', approval: false, service: true, minOfficers: 1, certificates: false, visits: 'SERVICE', needs: [], hazards: 'ANY', basisNeeded: false, rights: null,
    sections: [
      { kind: 'party' },
      { kind: 'text', text: '{partyName}：', flush: true },
      { kind: 'text', text: '{checkDate}在你单位（{siteName}）{visitKind}时，看到下列情况{countZh}项，建议尽早处理：' },
      { kind: 'items', as: 'ADVICE', none: '' },
      { kind: 'free', from: 'opinion', label: '其他建议' },
      { kind: 'text', text: '本建议书属于服务提示，不具有行政强制效力，不设处罚后果。需要指导可与本机关联系。' },
      { kind: 'blank' },
      { kind: 'recipient', label: '收到人' },
      { kind: 'officers', label: '建议人' },
      { kind: 'seal' },
      { kind: 'copies' },
    ],
  },
]
