import type { Texts } from '../../core/problem.ts'

/** What is said when a file is refused. Each sentence names the cure, not only the fault. */
export const sheetTexts = {
  'sheet.empty': '这个文件是空的，没有任何内容。请检查后重新选择文件。',
  'sheet.old_format': '这是旧版 .xls（或 .et）文件。请用 WPS 或 Excel 打开，选择“另存为”→“Excel 工作簿（*.xlsx）”，再上传。',
  'sheet.encrypted': '这个文件设有打开密码。请打开后在“文件—保护—加密”中取消密码，保存后再上传。',
  'sheet.web_page': '这个文件其实是网页，只是扩展名写成了表格。请用 WPS 或 Excel 打开，另存为 .xlsx 后再上传。',
  'sheet.xml_2003': '这是 2003 版的 XML 表格。请用 WPS 或 Excel 打开，另存为 .xlsx 后再上传。',
  'sheet.binary_workbook': '这是 .xlsb 二进制工作簿。请用 Excel 打开，另存为 .xlsx 后再上传。',
  'sheet.not_a_sheet': '这不是表格文件。只收 .xlsx 或 .csv，请重新选择。',
  'sheet.corrupt': '文件已损坏或没有传完整。请用 WPS 或 Excel 打开检查，重新保存后再上传。',
  'sheet.unsafe': '文件里含有表格不该有的内容（外部定义），为安全起见没有读取。请用 WPS 或 Excel 另存一份再上传。',
  'sheet.zip_bomb': '文件解压后大得不正常，为安全起见没有读取。请只保留需要的工作表，另存后再上传。',
  'sheet.too_large': '文件有 {size} MB，超过 {max} MB 的上限。请分成几个文件上传。',
  'sheet.too_many_rows': '表格超过 {max} 行。请分成几个文件上传。',
  'sheet.too_many_columns': '第 {row} 行有内容超出第 {max} 列。请删去右侧多余的内容后再上传。',
  'sheet.too_many_strings': '表格里不同的文字太多（超过 {max} 条）。请分成几个文件上传。',
  'sheet.cell_too_long': '第 {row} 行有一格内容过长（超过 {max} 个字）。请缩短，或检查是否缺了一个引号。',
  'sheet.shared_text_too_long': '表格里有一格内容过长（超过 {max} 个字）。请缩短后再上传。',
  'sheet.open_quote': '第 {row} 行的引号没有成对，后面的内容无法分清。请补上引号后再上传。',
  'sheet.encoding': '看不懂文件的文字编码。请用 WPS 或 Excel 打开，另存为 .xlsx 或“CSV UTF-8”再上传。',
  'sheet.no_such_sheet': '文件里没有名为“{name}”的工作表。',
  'sheet.no_sheet': '文件里没有可读的工作表。',
  'sheet.no_heading': '没有找到表头。请保证有一行写明各列名称，例如“企业名称”“地址”。',
} as const satisfies Texts

export type SheetCode = keyof typeof sheetTexts
