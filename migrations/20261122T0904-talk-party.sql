-- 谈话、约谈 (D27) names whom it is held with by what it is: 被约谈单位, 被提醒谈话单位. Papers already issued keep the form they were issued on.
update doc_type
set sections = (
    select jsonb_agg(case when part = '{"kind":"party"}'::jsonb then '{"kind":"party","label":"被{talkKind}单位"}'::jsonb else part end order by place)
    from jsonb_array_elements(sections) with ordinality as parts (part, place)
  ),
  version = version + 1
where type = 'D27';
