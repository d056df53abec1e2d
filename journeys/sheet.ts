import { collect, writeXlsx } from '../kernel/server/sheet/write.ts'

/** A street's own register: a title over it, an empty row, headings of its own, a bad code, a total at the end. */
const register = {
  name: '台账', title: ['望汀街道企业台账（2026年3月）', ''],
  columns: ['企业名称', '信用代码', '厂址', '社区', '从业人数', '老板手机'].map((heading) => ({ heading })),
  rows: [
    ['安川汀前一号模具厂', '91440307MA5A00013R', '汀前路8号', '汀前社区', '35', '16000123456'],
    ['安川汀前二号包装厂', '91440307MA5A00021L', '汀前路9号', '汀前社区', '18', '16000123457'],
    ['', '', '汀前路10号', '汀前社区', '7', ''],
    ['合计', '', '', '', '60', ''],
  ],
}

export async function messySheet(): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const bytes = await collect(writeXlsx({ sheets: [register] } as never))
  return { name: '望汀台账.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from(bytes) }
}
