-- A paper that was signed on the spot keeps the hash of the words that stood there, and which composition made them.
alter table paper add column signed_words jsonb;
comment on column paper.signed_words is '现场签名时的文字：校验值、排版版本、是否已与记录核对';
