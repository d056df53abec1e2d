-- The untouched camera file beside the compressed photo, where the district wants it: an attachment of its own that follows its photo.

alter table attachment add column original_of uuid references attachment (id);
alter table attachment add column original_missing text;
alter table attachment add constraint attachment_original_missing check (original_missing in ('NO_ROOM','TOO_LARGE','UNREADABLE'));
create unique index attachment_original_of on attachment (original_of);
comment on column attachment.original_of is '是哪张照片的相机原图；查看范围随那张照片';
comment on column attachment.original_missing is '要求留原图而手机未能保留的原因：存储不足、文件过大、读不出';

alter table attachment_upload add column original_of uuid references attachment (id);
alter table attachment_upload add column original_missing text;
create index attachment_upload_original_of on attachment_upload (original_of);
comment on column attachment_upload.original_of is '是哪张照片的相机原图';
comment on column attachment_upload.original_missing is '要求留原图而手机未能保留的原因';
