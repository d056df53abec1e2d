import { z } from 'zod'
import { command, query } from '../../kernel/core/operation.ts'
import { Attachment, Linked, Upload } from './attachment.ts'

const one = z.strictObject({ id: z.uuid() })
const file = z.object({})

export const operations = {
  upload: command('POST /attachments/:id', { summary: '上传照片或文件', input: Upload, output: Attachment, verb: 'attachment.upload', body: 'raw', offline: true, perMinute: 300, problems: ['attachment.wrong_type', 'attachment.altered_on_the_way', 'attachment.empty', 'attachment.broken_picture'] }),
  get: query('GET /attachments/:id', { summary: '附件说明', input: one, output: Attachment, verb: 'attachment.read' }),
  of: query('GET /attachments', { summary: '某对象的附件', input: z.strictObject({ aggregateId: z.uuid() }), output: z.object({ rows: z.array(Linked) }), verb: 'attachment.read' }),
  original: query('GET /attachments/:id/original', { summary: '下载原件', input: one, output: file, verb: 'attachment.read', answer: 'file' }),
  marked: query('GET /attachments/:id/marked', { summary: '带时间、地点、人员水印的副本', input: one, output: file, verb: 'attachment.read', answer: 'file', perMinute: 3000 }),
  thumb: query('GET /attachments/:id/thumb', { summary: '缩略图', input: one, output: file, verb: 'attachment.read', answer: 'file', perMinute: 6000 }),
  void: command('POST /attachments/:id/void', { summary: '作废未被引用的附件', input: z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), reason: z.string().trim().min(2).max(200) }), output: Attachment, verb: 'attachment.upload', problems: ['attachment.in_use'] }),
}
