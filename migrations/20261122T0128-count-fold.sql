-- How often differences were folded. Between two folds the differences only grow in number, so (folds, number of
-- differences) names one state of all counters: an answer made at that state is still right while it has not moved.

create table count_fold (
  counter text primary key,
  folds bigint not null,
  constraint count_fold_counter check (counter in ('DAY','HAZARD'))
);
comment on table count_fold is '计数折叠次数，用来判断数字变没变';
comment on column count_fold.counter is '哪一种计数：DAY 按日计数，HAZARD 隐患现状计数';
comment on column count_fold.folds is '折叠了几次';
insert into count_fold (counter, folds) values ('DAY', 0), ('HAZARD', 0);
