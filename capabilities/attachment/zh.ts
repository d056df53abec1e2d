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
    'attachment.sha256_form': '附件摘要格式不对',
    'attachment.media_type': '不支持这种文件',
  },
  fields: { takenAt: '拍摄时间', place: '拍摄地点', lon: '经度', lat: '纬度', sha256: '文件摘要', aggregateId: '所属对象', attachmentId: '附件', photos: '照片' },
  verbs: { 'attachment.read': '查看附件', 'attachment.upload': '上传附件' },
  events: { 'attachment.uploaded': '上传附件', 'attachment.voided': '作废附件' },
} as const satisfies ZhTexts
