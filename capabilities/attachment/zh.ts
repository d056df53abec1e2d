import type { ZhTexts } from '../../kernel/core/zh.ts'

export const zh = {
  name: '附件',
  problems: {
    'attachment.wrong_type': '只收照片（JPG、PNG、WebP、HEIC）、PDF、Word、Excel、视频和录音；这个文件的内容不是其中一种',
    'attachment.altered_on_the_way': '收到的内容与手机上的不一致，请重新发送',
    'attachment.empty': '文件是空的',
    'attachment.broken_picture': '照片打不开，可能在传输或保存时损坏',
    'attachment.not_there': '所引用的照片或文件不存在，或不在您的管辖范围内',
    'attachment.not_picture': '这里需要照片',
    'attachment.in_use': '已被引用的附件不能作废',
    'attachment.same_photo_pair': '整改前后用了同一张照片',
    'attachment.store_away': '文件存储暂时连不上，请稍后重试',
    'attachment.gap': '前面还有没收到的部分，请从第 {received} 字节接着传',
    'attachment.chunk_differs': '这一段与先前收到的不一致，请从第 {received} 字节接着传',
    'attachment.id_taken': '这个编号已用于另一个文件',
    'attachment.too_many_open': '还没传完的文件太多，请等前面的传完再继续',
    'attachment.original_of_what': '没有这张照片，或不是您上传的：原图只能由本人随自己的照片上传',
    'attachment.original_of': '这张照片已有原图',
    'attachment.original_missing': '原图未保留的原因不对',
    'attachment.upload_received': '收到的字节数不对',
    'attachment.sha256_form': '附件摘要格式不对',
    'attachment.media_type': '不支持这种文件',
  },
  fields: { offset: '从第几字节起', size: '字节数', mockLocation: '模拟定位', clockDrift: '设备时钟快慢（秒）', purpose: '用途', originalOf: '是哪张照片的原图', originalMissing: '原图未保留的原因', aggregate: '对象种类', role: '作何用', takenAt: '拍摄时间', place: '拍摄地点', lon: '经度', lat: '纬度', sha256: '文件摘要', aggregateId: '所属对象', attachmentId: '附件', photos: '照片' },
  verbs: { 'attachment.read': '查看附件', 'attachment.upload': '上传附件' },
  events: { 'attachment.announced': '登记上传', 'attachment.uploaded': '上传附件', 'attachment.voided': '作废附件' },
} as const satisfies ZhTexts

export const originalMissingZh = { NO_ROOM: '手机存储不足', TOO_LARGE: '文件过大', UNREADABLE: '文件读不出' } as const
