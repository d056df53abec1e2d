import { z } from 'zod'
import { command, query } from '../../kernel/core/operation.ts'
import { Attachment, Begin, Chunk, Linked, MAX_CHUNK_BYTES, Upload, UploadState } from './attachment.ts'

const one = z.strictObject({ id: z.uuid() })
const file = z.object({})

export const operations = {
  upload: command('POST /attachments/:id', { summary: '上传照片或文件', input: Upload, output: Attachment, verb: 'attachment.upload', body: 'raw', offline: true, perMinute: 300, problems: ['attachment.wrong_type', 'attachment.altered_on_the_way', 'attachment.empty', 'attachment.broken_picture'] }),
  begin: command('POST /attachments/uploads', { summary: '登记要分段上传的照片或文件', input: Begin, output: UploadState, verb: 'attachment.upload', offline: true, perMinute: 1200, problems: ['attachment.id_taken', 'attachment.too_many_open', 'attachment.original_of_what', 'attachment.original_of'] }),
  chunk: command('PUT /attachments/uploads/:id', {
    summary: '上传一段', input: Chunk, output: UploadState, verb: 'attachment.upload', body: 'raw', keyless: true, piece: true, maxBytes: MAX_CHUNK_BYTES, perMinute: 6000,
    problems: ['attachment.gap', 'attachment.chunk_differs', 'attachment.altered_on_the_way', 'attachment.wrong_type', 'attachment.broken_picture'],
  }),
  progress: query('GET /attachments/uploads/:id', { summary: '已收到多少', input: one, output: UploadState, verb: 'attachment.upload', perMinute: 6000 }),
  get: query('GET /attachments/:id', { summary: '附件说明', input: one, output: Attachment, verb: 'attachment.read' }),
  of: query('GET /attachments', { summary: '某对象的附件', input: z.strictObject({ aggregateId: z.uuid() }), output: z.object({ rows: z.array(Linked) }), verb: 'attachment.read' }),
  original: query('GET /attachments/:id/original', { summary: '下载原件', input: one, output: file, verb: 'attachment.read', answer: 'file' }),
  marked: query('GET /attachments/:id/marked', { summary: '带时间、地点、人员水印的副本', input: one, output: file, verb: 'attachment.read', answer: 'file', perMinute: 3000 }),
  thumb: query('GET /attachments/:id/thumb', { summary: '缩略图', input: one, output: file, verb: 'attachment.read', answer: 'file', perMinute: 6000 }),
  void: command('POST /attachments/:id/void', { summary: '作废未被引用的附件', input: z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), reason: z.string().trim().min(2).max(200) }), output: Attachment, verb: 'attachment.upload', problems: ['attachment.in_use'] }),
}
