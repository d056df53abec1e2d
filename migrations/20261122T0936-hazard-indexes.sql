-- Every step of a hazard writes an entry into every index that holds it, because its state stands in some. Almost no hazard recurs and
-- few lie in parks: those two hold what they are asked for. What is open at an enterprise is found among its hazards, some dozens.
drop index hazard_recurrence;
create index hazard_recurrence on hazard (recurrence_of) where recurrence_of is not null;
drop index hazard_park;
create index hazard_park on hazard (park_id) where park_id is not null;
drop index hazard_open_enterprise;
